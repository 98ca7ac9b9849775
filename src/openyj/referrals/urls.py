"""Addresses of the pages about referrals."""

from django.urls import path

from openyj.referrals.views import deciding, kinds, one, queue

app_name = "referrals"
ONE = "referrals/<int:referral_id>"
urlpatterns = [
    path("referrals/", queue.queue, name="queue"),
    path("referrals/begin", queue.begin, name="begin"),
    path("referrals/add", queue.add, name="add"),
    path("referrals/words", kinds.kinds, name="kinds"),
    path("referrals/words/add", kinds.add_kind, name="add_kind"),
    path("referrals/words/<int:word_id>", kinds.end_kind, name="end_kind"),
    path("children/<int:child_id>/referrals", queue.of_child_page, name="of_child"),
    path("children/<int:child_id>/referrals/add", queue.add_of_child, name="add_of_child"),
    path(ONE, one.referral, name="referral"),
    path(f"{ONE}/change", one.change, name="change"),
    path(f"{ONE}/whose", one.identify, name="identify"),
    path(f"{ONE}/add-child", one.add_child, name="add_child"),
    path(f"{ONE}/another-child", one.not_this_child, name="not_this_child"),
    path(f"{ONE}/in-error", one.in_error, name="in_error"),
    path(f"{ONE}/decide", deciding.decide, name="decide"),
    path(f"{ONE}/more-has-come", deciding.answered, name="answered"),
    path(f"{ONE}/open-again", deciding.reopen, name="reopen"),
    path(f"{ONE}/allocate", deciding.allocate, name="allocate"),
]
