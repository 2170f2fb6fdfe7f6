"""The addresses of the public pages."""

from django.urls import path

from joinedup.service.site.views import about, areas, assets, england

urlpatterns = [
    path("", england.page, name="england"),
    path("england.csv", england.table_csv, name="england-csv"),
    path("areas", areas.index, name="areas"),
    path("areas/<slug:slug>", areas.page, name="area"),
    path("about", about.method, name="about"),
    path("about/licence", about.licence, name="licence"),
    path("about/accessibility", about.accessibility, name="accessibility"),
    path("health", assets.health, name="health"),
    path("robots.txt", assets.robots, name="robots"),
    path("favicon.ico", assets.favicon, name="favicon"),
]
