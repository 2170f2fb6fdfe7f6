"""The addresses of the public pages."""

from django.urls import include, path

from joinedup.service.site.views import about, areas, assets, data, england, same

urlpatterns = [
    path("", england.page, name="england"),
    path("england.csv", england.table_csv, name="england-csv"),
    path("areas", areas.index, name="areas"),
    path("areas/<slug:slug>", areas.page, name="area"),
    path("areas/<slug:slug>/asked-again", areas.asked_again, name="area-asked-again"),
    path("areas/<slug:slug>/asked-again.csv", areas.asked_again_csv, name="area-asked-again-csv"),
    path("areas/<slug:slug>/asked-again/same", same.page, name="area-same"),
    path("areas/<slug:slug>/indicators", areas.indicators, name="area-indicators"),
    path("areas/<slug:slug>/indicators.csv", areas.indicators_csv, name="area-indicators-csv"),
    path("", include("joinedup.service.site.who_urls")),
    path("data", data.page, name="data"),
    path("data/<slug:table>.csv", data.table_csv, name="data-csv"),
    path("data/<slug:table>.parquet", data.table_parquet, name="data-parquet"),
    path("about", about.method, name="about"),
    path("about/licence", about.licence, name="licence"),
    path("about/accessibility", about.accessibility, name="accessibility"),
    path("health", assets.health, name="health"),
    path("robots.txt", assets.robots, name="robots"),
    path("favicon.ico", assets.favicon, name="favicon"),
]
