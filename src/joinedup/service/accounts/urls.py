"""The addresses of signing in, of people and organisations, and of everybody's own work."""

from django.urls import include, path

from joinedup.service.accounts.views import (
    account,
    demo,
    invitations,
    organisations,
    own_provider,
    people,
    second_factor,
    sign_in,
    work,
)

urlpatterns = [
    path("work", work.work, name="work"),
    path("", include("joinedup.service.inspections.offline_urls")),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in", sign_in.sign_in, name="account_login"),  # as allauth calls it
    path("sign-in/code", sign_in.code, name="sign-in-code"),
    path("sign-in/with/<slug:provider_id>", own_provider.login, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/done", own_provider.callback, name="openid_connect_callback"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("demo/sign-in", demo.sign_in, name="demo-sign-in"),
    path("invitation/<slug:person>/<slug:token>", invitations.accept, name="invitation"),
    path("account", account.account, name="account"),
    path("account/password", account.password, name="password"),
    path("account/second-factor", second_factor.set_up, name="second-factor"),
    path("account/second-factor/picture", second_factor.picture, name="second-factor-picture"),
    path("account/recovery-codes", second_factor.recovery_codes_page, name="recovery-codes"),
    path("people", people.listed, name="people"),
    path("people/invite", people.invite, name="people-invite"),
    path("people/<int:number>", people.one, name="person"),
    path("people/<int:number>/link", people.link, name="person-link"),
    path("people/<int:number>/roles", people.give_role, name="person-role"),
    path("people/<int:number>/roles/<int:held>/end", people.end_role, name="person-role-end"),
    path("people/<int:number>/deactivate", people.deactivate, name="person-deactivate"),
    path("people/<int:number>/reactivate", people.reactivate, name="person-reactivate"),
    path("organisations", organisations.listed, name="organisations"),
    path("organisations/add", organisations.add, name="organisation-add"),
    path("organisations/<int:number>", organisations.one, name="organisation"),
]
