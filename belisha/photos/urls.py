"""Addresses of albums, pictures and copies."""

from django.urls import path

from belisha.photos.views import albums, can_i, copies, families, pictures, requests, stops

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
    path("pictures/<str:ref>/can-i/", can_i.can_i_post, name="picture-can-i"),
    path("pictures/<str:ref>/copies/", copies.make, name="make-copy"),
    path("pictures/<str:ref>/view.jpg", pictures.rendition, {"rendition": "view"}, name="view"),
    path("pictures/<str:ref>/thumb.jpg", pictures.rendition, {"rendition": "thumb"}, name="thumb"),
    path("pictures/<str:ref>/ask/", requests.ask, name="ask-families"),
    path("pictures/<str:ref>/stops/", stops.stop, name="stop-child"),
    path("stops/<int:pk>/lift/", stops.lift, name="lift-stop"),
    path("requests/", requests.index, name="picture-requests"),
    path("requests/requests.csv", requests.sheet, name="picture-requests-csv"),
    path("requests/<str:ref>/", requests.picture_request, name="picture-request"),
    path("requests/<str:ref>/record/", requests.answer_on_paper, name="answer-on-paper"),
    path("requests/<str:ref>/remind/", requests.remind, name="remind-request"),
    path("requests/<str:ref>/withdraw/", requests.withdraw, name="withdraw-request"),
    path(
        "picture-answers/<int:pk>/set-aside/", requests.set_aside, name="set-picture-answer-aside"
    ),
    path("recall/", stops.recalls, name="recalls"),
    path("children/<int:pk>/pictures/", families.child_pictures, name="child_pictures"),
    path("children/<int:pk>/shown/<str:ref>/photo.jpg", families.shown_file, name="shown-file"),
    path("children/<int:pk>/shown/<str:ref>/take-down/", families.take_down, name="take-down"),
    path("children/<int:pk>/stops/<int:stop>/lift/", families.show_again, name="show-again"),
    path("children/<int:pk>/asked/<str:ref>/", families.picture_question, name="picture-question"),
    path(
        "children/<int:pk>/asked/<str:ref>/photo.jpg", families.question_file, name="question-file"
    ),
    path("copies/<str:ref>/", copies.copy, name="copy"),
    path("copies/<str:ref>/photo.jpg", copies.file, name="copy-file"),
]
