from django.shortcuts import render

from openyj.accounts.access import access
from openyj.accounts.roles import Permission


@access(Permission.SEE_FIGURES)
def home(request):
    return render(request, "performance/home.html", {})
