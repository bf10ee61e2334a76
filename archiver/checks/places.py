"""What the addresses of logins, consent pages, subscriptions and error pages are called."""

from __future__ import annotations

import re
from functools import cache


@cache
def login() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|/)(?:log-?in|log_in|sign-?in|sign_in|signon|sign-on|logon|sso|wp-login|servicelogin|user/login"
        r"|users/sign_in|account/login|accounts/login|auth/login|oauth2?/authorize|openid-connect/auth|saml2?(?:/sso)?|cas/login"
        r"|adfs/ls|idp/profile"
        r"|checkpoint|anmelden|anmeldung|connexion|iniciar-sesion|entrar|inloggen|login_form|members?/login|authwall"
        r"|uas/login|login[-_]required|special(?::|%3a)userlogin|loginuserpass|my\.policy|cookieauth|getlogon|nidp"
        r"|shibboleth\.sso|wayf|authenticate|register-or-login|login-?page|user-login|login-form|log-in-required"
        r"|members-only|einloggen|se-connecter|accedi|logowanie|prihlaseni)"
        r"(?:\.[a-z]{2,6})?(?:/|$)",
        re.IGNORECASE,
    )


@cache
def login_host() -> re.Pattern[str]:
    return re.compile(
        r"^(?:(?:web|secure-)?login|signin|signon|sso|auth|accounts?|id|idp|passport|shibboleth|cas|oauth|sts|adfs|fs|wayf"
        r"|iam|keycloak|identity|openid|authn|discovery)\."
        r"|\.(?:okta|oktapreview|auth0|onelogin|b2clogin|amazoncognito|pingone|duosecurity|ciamlogin)\.com$",
        re.IGNORECASE,
    )


@cache
def return_key() -> re.Pattern[str]:
    return re.compile(
        r"^(?:return\w*|next|continue|redir\w*|redirect\w*|url|dest\w*|target\w*|goto|go|service|relaystate|came_?from"
        r"|back\w*|from|ref"
        r"|referer|referrer|session_redirect|returnurl|uri|r|state|client_id|samlrequest|requested\w*|forward\w*"
        r"|success\w*|original\w*|path|page)$",
        re.IGNORECASE,
    )


@cache
def consent_host() -> re.Pattern[str]:
    return re.compile(
        r"^(?:consents?(?:-pref)?|cookie-?consent|gdpr|privacy-?(?:gate|wall|mgmt)|cmp|guce|myprivacy|age-?(?:gate|check))\.",
        re.IGNORECASE,
    )


@cache
def consent() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|/)(?:consent|collectconsent|cookie-?consent|cookie_?consent|cookie-?wall|gdpr-?consent|privacy-?(?:gate"
        r"|wall)|privacywall"
        r"|consent-?management|gdpr|accept-?cookies|cookie-?policy-?consent|age-?(?:gate|verification"
        r"|check|confirm(?:ation)?)|verify-?age|over-?(?:18|21)|are-you-(?:over-)?(?:18|21)|adult-?(?:warning|content-warning)"
        r"|privacy-consent|before-you-continue|consentement|einwilligung|zustimmung|cookie-?absent|cookies?-?(?:check|test|required"
        r"|needed|disabled|not-?(?:supported|enabled)))(?:\.[a-z]{2,5})?(?:/|$)",
        re.IGNORECASE,
    )


@cache
def subscription() -> re.Pattern[str]:
    return re.compile(
        r"^(?:subscribe|subscriptions?|subscribe-now|paywall|abo|abos|abonnements?|abonnieren|s-abonner|suscripcion(?:es)?"
        r"|suscribete|assinatura|assine|abbonamenti|abbonati|prenumerera|membership|become-a-member|join|plans)(?:\.\w{2,5})?$",
        re.IGNORECASE,
    )


@cache
def error_parts() -> re.Pattern[str]:
    return re.compile(
        r"^(?:error[-_]?)?404(?:[-_]?(?:error|page|notfound|not-found))?(?:\.\w{2,5})?$"
        r"|^(?:error[-_]?)?(?:page|file|site|content)?[-_]?not[-_]?found(?:[-_]?(?:error|page))?(?:\.\w{2,5})?$"
        r"|^(?:image[-_]?)?(?:removed|not[-_]?found|unavailable)\.(?:png|gif|jpe?g|webp)$"
        r"|^(?:pagenotfound|filenotfound|notfounderror|http404|err404|error404|erreur-404|fehler-404|fehler404|error-404"
        r"|seite-nicht-gefunden"
        r"|page-introuvable|pagina-no-encontrada|pagina-non-trovata|pagina-nao-encontrada|410|gone)(?:\.\w{2,5})?$",
        re.IGNORECASE,
    )


@cache
def error_word() -> re.Pattern[str]:
    return re.compile(
        r"^(?:errors?|err|fehler|erreur|customerror|error[-_]?page|genericerror|oops)(?:\.\w{2,5})?$", re.IGNORECASE,
    )
