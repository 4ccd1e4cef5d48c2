"""Addresses of albums, pictures and copies."""

from django.urls import path

from belisha.photos.views import albums, copies, pictures

urlpatterns = [
    path("albums/", albums.index, name="albums"),
    path("albums/new/", albums.new, name="new-album"),
    path("albums/<str:ref>/", albums.album, name="album"),
    path("albums/<str:ref>/change/", albums.change, name="change-album"),
    path("albums/<str:ref>/remove/", albums.remove, name="remove-album"),
    path("albums/<str:ref>/add/", albums.add, name="add-pictures"),
    path("albums/<str:ref>/parts/", albums.parts, name="picture-parts"),
    path("albums/<str:ref>/pictures.zip", albums.download, name="download-album"),
    path("albums/<str:ref>/album.csv", albums.answers_sheet, name="album-sheet"),
    path("pictures/<str:ref>/", pictures.picture, name="picture"),
    path("pictures/<str:ref>/faces/", pictures.draw, name="draw-face"),
    path("pictures/<str:ref>/faces/rest/", pictures.settle_rest, name="settle-rest"),
    path("pictures/<str:ref>/faces/<int:face>/settle/", pictures.settle, name="settle-face"),
    path("pictures/<str:ref>/faces/<int:face>/move/", pictures.move, name="move-face"),
    path("pictures/<str:ref>/faces/<int:face>/remove/", pictures.remove_face, name="remove-face"),
    path("pictures/<str:ref>/undo/", pictures.undo, name="undo-face"),
    path("pictures/<str:ref>/all-boxed/", pictures.all_boxed, name="all-boxed"),
    path("pictures/<str:ref>/keep-back/", pictures.keep_back, name="keep-back"),
    path("pictures/<str:ref>/remove/", pictures.remove, name="remove-picture"),
    path("pictures/<str:ref>/copies/", copies.make, name="make-copy"),
    path("pictures/<str:ref>/view.jpg", pictures.rendition, {"rendition": "view"}, name="view"),
    path("pictures/<str:ref>/thumb.jpg", pictures.rendition, {"rendition": "thumb"}, name="thumb"),
    path("copies/<str:ref>/", copies.copy, name="copy"),
    path("copies/<str:ref>/photo.jpg", copies.file, name="copy-file"),
]
