"""The addresses of the pages on who must improve what: reports, the explorer, agencies, search, corrections."""

from django.urls import path, re_path

from joinedup.service.site.views import (
    accountability,
    agency,
    checking,
    checking_table,
    corrections,
    report,
    reports,
    search,
)

urlpatterns = [
    path("accountability", accountability.page, name="accountability"),
    re_path(r"^accountability\.(?P<ending>csv|xlsx|parquet)$", accountability.table, name="accountability-table"),
    path("accountability/check", checking.page, name="check"),
    re_path(r"^accountability/check\.(?P<ending>csv|xlsx)$", checking_table.table, name="check-table"),
    path("accountability/check/table", checking_table.page, name="check-filled-in"),
    path("agencies", agency.index, name="agencies"),
    path("agencies/<slug:slug>", agency.page, name="agency"),
    path("search", search.page, name="search"),
    re_path(r"^search\.(?P<ending>csv|xlsx|parquet)$", search.table, name="search-table"),
    path("corrections", corrections.index, name="corrections"),
    path("reports", reports.index, name="reports"),
    path("reports.csv", reports.table_csv, name="reports-csv"),
    path("reports/<slug:given>", report.report, name="report"),
    path("reports/<slug:given>/correct", corrections.form, name="correct"),
    path("reports/<slug:given>/pages/<int:number>", report.page, name="report-page"),
    path("reports/<slug:given>/pages/<int:number>.png", report.page_png, name="report-picture"),
]
