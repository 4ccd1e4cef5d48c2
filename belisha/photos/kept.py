"""What lies sealed in the store of pictures."""

from belisha.lib.kept import Kept
from belisha.photos.models import StoredFile
from belisha.photos.store import fetch, path_of, seal_anew

KEPT = (Kept(StoredFile, ("wrapped_key",), fetch, seal_anew, path_of),)
