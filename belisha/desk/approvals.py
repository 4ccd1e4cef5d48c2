"""What the head is shown, gathered from the areas by kind of request.

Each area gives its function; the site hands them all to `policy.approvals` when it starts.
"""

from belisha.channels.approvals import shown as shown_account
from belisha.devices.approvals import shown as shown_off_site
from belisha.devices.confiscations.approvals import shown as shown_kept_device
from belisha.photos.approvals import shown as shown_pictures
from belisha.policy.approvals import Shows
from belisha.policy.exceptions import shown as shown_exception
from belisha.policy.models import HeadRequest

SHOWS: dict[HeadRequest.Kind, Shows] = {
    HeadRequest.Kind.PICTURES: shown_pictures,
    HeadRequest.Kind.PROMOTION: shown_pictures,
    HeadRequest.Kind.ACCOUNT: shown_account,
    HeadRequest.Kind.OFF_SITE: shown_off_site,
    HeadRequest.Kind.KEEPING: shown_kept_device,
    HeadRequest.Kind.EXCEPTION: shown_exception,
}
