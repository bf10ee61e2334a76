"""Pages that stand before what was cited: a login, a question for consent, a question for the reader's age."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from archiver.checks.phrases import plain
from archiver.checks.redirects import is_home, is_login_address, same_subject, wraps

if TYPE_CHECKING:
    from archiver.checks.page import Page

_SHORT = 1500  # weighed characters of a page with a form to log in
_NOTICE = 700  # of one that has a question for the reader, and no more
_PROSE = 350  # characters in paragraphs that a question comes to
_LOGIN_NAMES = frozenset(
    plain(name) for name in [
        "sign in", "log in", "login", "sign on", "logon", "log on", "please log in", "please sign in", "please login",
        "login required", "log in or sign up", "log in or register", "sign in or register", "member login",
        "members login", "user login", "sign in to your account", "log in to your account", "sign in to continue",
        "log in to continue", "sign up or log in", "authentication required", "account login", "welcome back",
        "authorization", "anmelden", "anmeldung", "einloggen", "bitte anmelden", "bitte einloggen",
        "anmeldung erforderlich", "connexion", "se connecter", "connectez vous", "identifiez vous", "iniciar sesión",
        "inicia sesión", "inicio de sesión", "acceder", "entrar", "iniciar sessão", "fazer login", "faça login",
        "accedi", "login richiesto", "effettua il login", "inloggen", "aanmelden", "logga in", "log ind", "logg inn",
        "kirjaudu sisään", "zaloguj się", "logowanie", "přihlášení", "přihlásit se", "autentificare", "bejelentkezés",
        "σύνδεση", "вход", "войти", "авторизация", "вход на сайт", "увійти", "вхід", "giriş yap", "giriş", "masuk",
        "đăng nhập", "登录", "登入", "用户登录", "会员登录", "ログイン", "로그인", "تسجيل الدخول", "ورود", "התחברות",
        "เข้าสู่ระบบ",
        "लॉग इन करें",
    ]
)
_ENTER = frozenset({"log", "logged", "login", "sign", "signed", "register"})


@cache
def _must_log_in() -> re.Pattern[str]:
    return re.compile(
        r"\byou (?:must|need to|have to) (?:be )?(?:logged in|log in|login|sign in|signed in|register)\b.{0,40}"
        r"\b(?:continue|(?:view|access|see|read) (?:this|the|that|these|it|our|any|more))\b"
        r"|\bplease (?:log in|login|sign in) (?:or register )?to "
        r"(?:continue|(?:view|access|see|read) (?:this|the|that|these|it|our|any|more))\b"
    )


# What a page asks for that stands before a whole site: consent, age, another browser, a country, a password.
@cache
def gate() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:cookies?|consent|accept all|before you continue|years? (?:old|of age)|your age|your browser|javascript"
        r"|(?:select|choose) (?:your|a) (?:country|region|language|location)|verify|captcha|robot|subscribe|log ?in"
        r"|sign in"
        r"|(?:select|choose) (?:language|country|region)|sprache (?:aus)?wählen|land (?:aus)?wählen"
        r"|chois(?:ir|issez) (?:votre|une|la|un) (?:langue|pays|région)"
        r"|(?:elija|elige|selecciona|seleccione) (?:su|tu|un|el) (?:idioma|país)"
        r"|terms (?:and conditions|of (?:use|service))|i (?:accept|agree)"
        r"|password|anmelden|einloggen|zustimmen|einwilligung|accepter|connexion|aceptar|iniciar sesión"
        r"|accetta|accedi)\b"
    )


_ACCESS = frozenset({"you need access", "you need permission", "request access", "you need permission to access this"})


def login(link: str, page: Page) -> str:
    """Tell by what a page is nothing but a login; the form in the corner of an ordinary page is none."""
    if page.length > _SHORT or (is_login_address(link) and not wraps(link)) or is_home(link):
        return ""
    if page.has_password and any(_is_login_name(text) for text in (page.title, *page.headings)):
        return f"its title is “{page.title[:80]}”, and it asks for a password"
    if page.length < _NOTICE and not _ACCESS.isdisjoint((page.plain_title, *page.plain_headings)):
        return "it says that one needs leave to see it"
    if page.length < _NOTICE and not page.words.isdisjoint(_ENTER):
        said = _must_log_in().search(page.plain_text[:400])
        if said is not None:
            return f"it says “{said[0]}”"
    return ""


def _is_login_name(text: str) -> bool:
    return any(plain(part) in _LOGIN_NAMES for part in (text, *re.split(r"\s[-–—|·•:»]\s|\s*[|:]\s*", text[:200])))


# Titles and headings, plain, that a page has which only asks for consent; a site's name may follow.
_CONSENT_NAMES = (
    "before you continue", "bevor sie fortfahren", "bevor du fortfährst", "avant de continuer", "antes de continuar",
    "prima di continuare", "voordat je verdergaat", "innan du fortsätter", "før du fortsetter", "før du fortsætter",
    "ennen kuin jatkat", "zanim przejdziesz dalej", "než budete pokračovat", "прежде чем продолжить",
    "cookie consent required", "consent required", "cookies required", "please accept cookies", "续前", "続行する前に",
)
_AGE_NAMES = frozenset([
    "age verification", "age verification required", "age check", "age gate", "verify your age", "confirm your age",
    "age confirmation", "age restricted content", "adult content warning", "content warning", "mature content",
    "altersprüfung", "altersverifikation", "altersnachweis", "vérification de l âge", "vérification de lâge",
    "verificación de edad", "verifica della età", "verifica delletà", "verificação de idade", "leeftijdscontrole",
    "ålderskontroll", "aldersbekreftelse", "weryfikacja wieku", "проверка возраста", "подтверждение возраста",
    "年齢確認", "年龄确认", "성인인증",
])
_AGE_HINTS = (
    "18", "21", "19", "age", "birth", "alter", "âge", "edad", "idade", "età", "leeftijd", "возраст", "満", "年",
    "adult", "volljährig", "majeur", "maggiorenne", "dix huit", "twenty one", "eighteen",
)


@cache
def _age() -> re.Pattern[str]:
    return re.compile(
        r"\bare you (?:(?:at least|over|above|older than|aged) )*(?:(?:18|21|19|16|eighteen|twenty one)\b|of legal)"
        r"|\b(?:please )?(?:confirm|verify) (?:that you are (?:over |at least |above )?(?:18|21|19)|your age)\b"
        r"|\byou must be (?:at least |over |aged )?(?:18|21|19)(?: years)?(?: of age| old)?(?: or (?:older|over))? to"
        r" (?:enter|view|access|see|continue|visit|proceed)\b|\benter your (?:date of birth|birth date|birthday)\b"
        r"|\b(?:sind sie|bist du) (?:(?:bereits|schon|mindestens|über|älter als) )*(?:18|volljährig)"
        r"|\b(?:avez vous|as tu) (?:plus de |au moins |bien )?(?:18|dix huit) ans|\bêtes vous (?:majeur|âgé)"
        r"|\b(?:eres|es usted|tienes) (?:mayor de|más de) (?:edad|18)|\b(?:hai|sei) (?:più di 18|maggiorenne)"
        r"|\b(?:você|voce) (?:tem|é) (?:mais de 18|maior de)|\b(?:ben je|bent u) (?:18|ouder dan 18)"
        r"|\bczy masz (?:ukończone )?18|\bär du (?:över |minst )?18|\ber du (?:over |fyldt |fylt )?18"
        r"|вам (?:уже )?(?:есть |исполнилось |больше )?18|18歳以上ですか|年满18|年滿18|满18岁"
    )


def question(link: str, page: Page) -> str:
    """Tell by what a page has nothing but a question that must be answered first: for consent, or for an age.

    A banner on a page that has something to say is none, nor is a page whose title is that of its address.
    """
    if page.length > _NOTICE or page.prose > _PROSE or not _can_be_answered(page):
        return ""
    if same_subject(link, " ".join((page.title, *page.headings))):
        return ""
    for text, name in zip((page.title, *page.headings), (page.plain_title, *page.plain_headings), strict=True):
        if name.startswith(_CONSENT_NAMES) and len(name) < 80:
            return f"it calls itself “{text[:80]}”"
        if name in _AGE_NAMES:
            return f"it calls itself “{text[:80]}”"
    opening = f"{' '.join(page.plain_headings)} {page.plain_text[:300]}"
    if not any(hint in opening for hint in _AGE_HINTS):
        return ""
    said = _age().search(opening)
    return f"it says “{said[0]}”" if said else ""


def _can_be_answered(page: Page) -> bool:
    return b"<button" in page.lower or b"<form" in page.lower or b"<input" in page.lower or b"<a " in page.lower
