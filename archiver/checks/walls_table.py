"""What walls against robots are known by: headers, addresses, pieces of their pages, titles, and their words.

Header and cookie names, script addresses and element names are the vendors' own. Three kinds of pieces, since what a
piece proves differs: HARD ones stand in challenge and block pages only, GUARDS in ordinary pages of guarded sites, too,
CAPTCHAS in any contact form.
"""

from __future__ import annotations

import re
from functools import cache

# Name, piece of the value (lower case; "" for any), who. All on a 4xx; on anything else only SURE_HEADERS, since sites
# with a guard send the others with every answer.
HEADERS: tuple[tuple[str, str, str], ...] = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-vercel-mitigated", "", "Vercel"),
    ("x-vercel-challenge-token", "", "Vercel"),
    ("x-amzn-waf-action", "", "AWS WAF"),
    ("sg-captcha", "", "SiteGround"),
    ("x-sucuri-block", "", "Sucuri"),
    ("x-datadome", "protected", "DataDome"),
    ("x-dd-b", "", "DataDome"),
    ("x-kpsdk-ct", "", "Kasada"),
    ("x-px-block", "", "HUMAN"),
    ("x-wzws-requested-method", "", "WangZhan"),
    ("x-ws-request-blocked", "", "Wangsu"),
    ("x-crowdsec-remediation", "", "CrowdSec"),
    ("x-protected-by", "sqreen", "Sqreen"),
    ("x-iws-block", "", "a web filter"),
    ("server", "datadome", "DataDome"),
    ("server", "imunify360-webshield", "Imunify360"),
    ("server", "ddos-guard", "DDoS-Guard"),
    ("server", "qrator", "Qrator"),
    ("server", "zscaler", "Zscaler, a filter of this network"),
)
SURE_HEADERS = frozenset({
    "cf-mitigated", "x-vercel-mitigated", "x-amzn-waf-action", "sg-captcha", "x-vercel-challenge-token",
})
# Of the others, what stands in each answer of some guarded site: beside a 403 only.
EVERYWHERE = frozenset({"server", "x-datadome", "x-protected-by"})

# Pieces of the address where an answer stands, lower case: a host's end, a piece of path and query, who. A piece of
# either may be missing. Nobody cites these.
ADDRESSES: tuple[tuple[str, str, str], ...] = (
    ("", "/sorry/index?", "Google"),
    ("", "/showcaptcha?", "Yandex"),
    ("", "/_____tmd_____/punish", "Alibaba"),
    ("", "/cdn-cgi/challenge-platform/", "Cloudflare"),
    ("", "/.well-known/sgcaptcha", "SiteGround"),
    ("", "/errors/validatecaptcha", "Amazon"),
    ("", "/action/cookieabsent", "a cookie wall"),
    ("", "/account/unhuman?", "Zhihu"),
    ("", "/antispider/?", "Sogou"),
    ("", "/distil_r_captcha", "Imperva"),
    ("", "/_incapsula_resource", "Imperva"),
    ("", "/tosv2.html?vid=", "HUMAN"),
    ("queue-it.net", "", "Queue-it"),
    ("perfdrive.com", "", "Radware"),
    ("captcha-delivery.com", "", "DataDome"),
    ("wappass.baidu.com", "", "Baidu"),
    ("passport.weibo.com", "/visitor/visitor", "Weibo"),
    ("sec.douban.com", "", "Douban"),
    ("unblock.federalregister.gov", "", "the Federal Register"),
    ("block.opendns.com", "", "OpenDNS, a filter of this network"),
    ("gateway.zscaler.net", "", "Zscaler, a filter of this network"),
    # The login pages of public networks: not the site has answered, but the network that we are in.
    ("", "&uamip=", "the login of this network"),
    ("", "?uamip=", "the login of this network"),
    ("", "/fgtauth?", "the login of this network"),
    ("", "switch_url=", "the login of this network"),
    ("", "base_grant_url=", "the login of this network"),
    ("", "gw_address=", "the login of this network"),
    ("", "cmd=login&mac=", "the login of this network"),
    ("", "/guest/s/default/?", "the login of this network"),
)

# In the page, lower case.
HARD: tuple[tuple[bytes, str], ...] = (
    (b"_cf_chl_opt", "Cloudflare"),
    (b"cf-browser-verification", "Cloudflare"),
    (b"cf-captcha-container", "Cloudflare"),
    (b"cf-chl-widget", "Cloudflare"),
    (b"/orchestrate/chl_page/", "Cloudflare"),
    (b"/orchestrate/jsch/", "Cloudflare"),
    (b"/orchestrate/managed/", "Cloudflare"),
    (b"waiting room powered by cloudflare", "Cloudflare"),
    (b"used cloudflare to restrict access", "Cloudflare"),
    (b"captcha-delivery.com/c.js", "DataDome"),
    (b"captcha-delivery.com/i.js", "DataDome"),
    (b"captcha-delivery.com/captcha", "DataDome"),
    (b"captcha-delivery.com/interstitial", "DataDome"),
    (b"'geo.captcha-delivery.com'", "DataDome"),
    (b'"geo.captcha-delivery.com"', "DataDome"),
    (b'id="px-captcha"', "HUMAN"),
    (b"captcha.px-cdn.net", "HUMAN"),
    (b"captcha.px-cloud.net", "HUMAN"),
    (b"incapsula incident id", "Imperva"),
    (b"_incapsula_resource?swudnsai", "Imperva"),
    (b"_incapsula_resource?cwudnsai", "Imperva"),
    (b"awswafcookiedomainlist", "AWS WAF"),
    (b"gokuprops", "AWS WAF"),
    (b"errors.edgesuite.net", "Akamai"),
    (b"sec-if-cpt-container", "Akamai"),
    (b"/_sec/cp_challenge/", "Akamai"),
    (b"/_sec/verify?provider=", "Akamai"),
    (b"bm-verify=", "Akamai"),
    (b"ak-challenge", "Akamai"),
    (b"/.within.website/x/cmd/anubis", "Anubis"),
    (b'id="anubis_', "Anubis"),
    (b"vercel security checkpoint", "Vercel"),
    (b"/.well-known/sgcaptcha", "SiteGround"),
    (b"sucuri website firewall", "Sucuri"),
    (b"sucuri_cloudproxy_js", "Sucuri"),
    (b"/.well-known/ddos-guard/", "DDoS-Guard"),
    (b"check.ddos-guard.net", "DDoS-Guard"),
    (b"ddos-guard/js-challenge", "DDoS-Guard"),
    (b"geo.qrator.net", "Qrator"),
    (b"/__qrator/", "Qrator"),
    (b"validate.perfdrive.com", "Radware"),
    (b"radware bot manager", "Radware"),
    (b"shieldsquare captcha", "Radware"),
    (b"kp_uidz", "Kasada"),
    (b"/ips.js?", "Kasada"),
    (b"acw_sc__v2", "Alibaba"),
    (b"aliyun_waf", "Alibaba"),
    (b"aliyunwaf_", "Alibaba"),
    (b"_____tmd_____", "Alibaba"),
    (b"eo_bot_ssid", "Tencent"),
    (b"__tst_status", "Tencent"),
    (b"/.safeline/", "SafeLine"),
    (b"wzwschallenge", "WangZhan"),
    (b"wappass.baidu.com/static/captcha", "Baidu"),
    (b"/showcaptcha", "Yandex"),
    (b'action="/checkcaptcha', "Yandex"),
    (b"generated by wordfence", "Wordfence"),
    (b"wfwaf-", "Wordfence"),
    (b"/sorry/index", "Google"),
    (b"our systems have detected unusual traffic", "Google"),
    (b"/errors/validatecaptcha", "Amazon"),
    (b"/.well-known/.git.gammaspectra.live", "go-away"),
    (b"/.basedflare/", "haproxy-protection"),
    (b"/.cerberus/", "Cerberus"),
    (b"sbbi/?sbbpg=", "StackPath"),
    (b"distil_r_captcha", "Imperva"),
    (b"distil_ident_block", "Imperva"),
    (b"window.rbzns", "Reblaze"),
    (b"/.bunny-shield/", "Bunny"),
    (b"bunny shield", "Bunny"),
    (b"wsidchk", "Imunify360"),
    (b"denied by imunify360", "Imunify360"),
    (b"o2s-chl", "Tiger Protect"),
    (b"slowaes.decrypt", "a host's cookie test"),
    (b"__js_p_", "StormWall"),
    (b"__arcsjs", "ArvanCloud"),
    (b"_wafchallengeid", "TikTok"),
    (b"waf-aiso", "TikTok"),
    (b"generated by mod_security", "ModSecurity"),
    (b"crowdsec captcha", "CrowdSec"),
    (b"blocked by crowdsec", "CrowdSec"),
    (b"crowdsec access forbidden", "CrowdSec"),
    # Filters of the network that we are in, and its login: not the site has answered.
    (b"wispaccessgatewayparam", "the login of this network"),
    (b"fortiguard", "FortiGuard, a filter of this network"),
    (b"zscaler", "Zscaler, a filter of this network"),
    (b"websense", "Forcepoint, a filter of this network"),
    (b"blocked by your organization", "a filter of this network"),
    (b"sonicwall network security", "SonicWall, a filter of this network"),
    (b"mcafee web gateway", "McAfee, a filter of this network"),
    (b"barracuda web ", "Barracuda, a filter of this network"),
    (b"denied by watchguard", "WatchGuard, a filter of this network"),
    (b"cisco umbrella", "Cisco, a filter of this network"),
    (b"in accordance with company policy", "a filter of this network"),
)
# Of these, what may stand in an ordinary page that speaks of it: a wall only where the page is short, and a refusal.
SPOKEN_OF = frozenset([
    b"errors.edgesuite.net", b"vercel security checkpoint", b"sucuri website firewall", b"radware bot manager",
    b"shieldsquare captcha", b"generated by wordfence", b"our systems have detected unusual traffic", b"bunny shield",
    b"denied by imunify360", b"generated by mod_security", b"crowdsec captcha", b"blocked by crowdsec",
    b"crowdsec access forbidden", b"fortiguard", b"zscaler", b"websense", b"blocked by your organization",
    b"sonicwall network security", b"mcafee web gateway", b"barracuda web ", b"denied by watchguard",
    b"cisco umbrella", b"in accordance with company policy", b"acw_sc__v2", b"__js_p_", b"bm-verify=", b"/ips.js?",
    b"incapsula incident id", b"waiting room powered by cloudflare", b"ak-challenge",
    b"used cloudflare to restrict access",
])
GUARDS: tuple[tuple[bytes, str], ...] = (
    (b"/cdn-cgi/challenge-platform/h/", "Cloudflare"),
    (b"captcha-delivery.com", "DataDome"),
    (b"px-captcha", "HUMAN"),
    (b"_pxappid", "HUMAN"),
    (b"_incapsula_resource", "Imperva"),
    (b".awswaf.com/", "AWS WAF"),
    (b"kpsdk", "Kasada"),
    (b"/_fs-ch-", "Fastly"),
    (b"bitninja", "BitNinja"),
    (b"servicepipe", "Servicepipe"),
    (b"queue-it.net", "Queue-it"),
    (b"please consult with your administrator", "F5"),
)
CAPTCHAS: tuple[tuple[bytes, str], ...] = (
    (b"g-recaptcha", "reCAPTCHA"),
    (b"recaptcha/api.js", "reCAPTCHA"),
    (b"recaptcha/enterprise.js", "reCAPTCHA"),
    (b"h-captcha", "hCaptcha"),
    (b"hcaptcha.com", "hCaptcha"),
    (b"challenges.cloudflare.com/turnstile", "Turnstile"),
    (b"cf-turnstile", "Turnstile"),
    (b"friendlycaptcha", "Friendly Captcha"),
    (b"frc-captcha", "Friendly Captcha"),
    (b"altcha-widget", "ALTCHA"),
    (b"mcaptcha", "mCaptcha"),
    (b"cap-widget", "Cap"),
    (b"geetest", "GeeTest"),
    (b"smartcaptcha", "Yandex"),
    (b"arkoselabs.com", "Arkose"),
    (b"turing.captcha.qcloud.com", "Tencent"),
    (b"tcaptcha", "Tencent"),
)

# Whole titles and headings, or whole parts of a title, plain.
TITLES = frozenset({
    "just a moment", "one moment please", "attention required cloudflare", "attention required", "access denied",
    "access to this page has been denied", "pardon our interruption", "are you a robot", "are you human",
    "are you a human", "bot verification", "robot check", "security check", "security checkpoint",
    "vercel security checkpoint", "checking your browser", "please wait", "ddos guard", "making sure youre not a bot",
    "human verification", "captcha", "robot or human", "unusual traffic", "verify you are human",
    "verifying your browser", "checking your browser before accessing", "please verify you are a human",
    "client challenge", "ddos protection by cloudflare", "please enable javascript", "youve been blocked",
    "request rejected", "bot check", "bot detection", "you have been blocked", "sorry you have been blocked",
    "please verify you are human", "verification required", "please confirm that you are not a robot",
    "confirm youre not a robot", "confirm you are not a robot", "i am not a robot", "not a robot",
    "challenge validation", "security verification", "browser check", "javascript required", "javascript is disabled",
    "are you not a robot", "please stand by while we are checking your browser", "loading", "request blocked",
    "blocked", "checking if the site connection is secure", "please wait for verification", "verify to continue",
    "verifying you are human", "verifying your connection", "performing security verification",
    "youve been blocked by network security", "blocked by network security", "whoa there pardner",
    "error cookies turned off", "cookies turned off", "cookies disabled", "cookies required", "cookie absent",
    "checking you are not a bot", "protected by safeline", "radware captcha page", "radware page",
    "bot manager captcha", "shieldsquare captcha", "crowdsec captcha", "access check", "access forbidden",
    "waiting for the redirectiron", "you are being redirected", "transferring to the website", "sina visitor system",
    "checking your browser recaptcha", "one more step", "please enable cookies", "vddos", "human check",
    "web page blocked", "website blocked", "web site blocked", "site blocked", "page blocked", "access blocked",
    "web filter violation", "internet security by zscaler", "captive portal", "wi fi login", "wifi login",
    "hotspot login", "network authentication required", "you are now in line", "virtual waiting room", "waiting room",
    "sicherheitsüberprüfung", "sicherheitscheck", "vérification de sécurité", "vérification en cours", "einen moment",
    "un instant", "nur einen moment", "un momento", "安全验证", "百度安全验证", "访问验证", "人机验证", "滑动验证",
    "滑动验证页面", "验证码", "安全检查", "проверка браузера", "доступ ограничен", "вы не робот",
    "подтвердите что вы не робот", "verificación de seguridad", "verifica di sicurezza", "verificação de segurança",
    "自動アクセスの確認", "로봇이 아닙니다",
})
# Of these, what honest refusals, slow pages and articles call themselves, too.
WEAK = frozenset({
    "access denied", "loading", "captcha", "blocked", "please wait", "request blocked", "security check", "un momento",
    "un instant", "einen moment", "request rejected", "доступ ограничен", "access forbidden", "attention required",
    "website blocked", "web site blocked", "site blocked", "page blocked", "access blocked", "web page blocked",
    "one more step", "waiting room", "bot detection", "verification required", "access check", "unusual traffic",
    "captive portal", "cookies required", "cookies disabled", "please enable cookies", "验证码", "human check",
    "not a robot",
    "are you human", "are you a human", "robot or human", "安全检查", "sicherheitscheck", "vddos", "i am not a robot",
})
# What nothing but a wall is called: with a script or a form the name alone will do.
UNMISTAKABLE = frozenset({
    "just a moment", "attention required cloudflare", "access to this page has been denied", "pardon our interruption",
    "vercel security checkpoint", "ddos guard", "making sure youre not a bot", "client challenge",
    "ddos protection by cloudflare", "protected by safeline", "radware captcha page", "bot manager captcha",
    "shieldsquare captcha", "crowdsec captcha", "waiting for the redirectiron", "please wait for verification",
    "checking your browser recaptcha", "performing security verification", "youve been blocked by network security",
    "internet security by zscaler", "web filter violation", "sina visitor system", "滑动验证页面", "百度安全验证",
    "error cookies turned off", "checking your browser before accessing",
    "please stand by while we are checking your browser",
})
# But these are names of songs and poems, too: only where hardly anything stands beside them.
MAY_BE_A_NAME = frozenset({"just a moment", "client challenge", "ddos guard", "please wait for verification"})


@cache
def words() -> re.Pattern[str]:
    """Give what walls say, plain."""
    return re.compile(
        r"\b(?:verify|verifying|confirm|prove|make sure|making sure|check|checking|ensure|show us|let us know"
        r"|demonstrate)(?: that| if| whether)? (?:you are|youre|you re|its you) (?:not )?(?:an? )?"
        r"(?:human|robot|bot|real person|making the requests)"
        r"|\b(?:you are|youre|i am|im) not (?:an? )?(?:ro)?bot\b|\bchecking your browser\b"
        r"|\b(?:verify|check|validat)(?:e|ing)? (?:your|the security of your) "
        r"(?:browser|connection|device|request|session)\b"
        r"|\b(?:performing|completing) (?:a )?security (?:check|verification)\b|\bddos protection by\b|\bconnection "
        r"needs to be verified\b"
        r"|\bmade us think (?:that )?you (?:are|were|might be|may be) an? (?:ro)?bot\b"
        r"|\b(?:to discuss|due to|because of|about) (?:\w+ ){0,2}automated (?:access|scraping|requests|traffic)\b"
        r"|\bundeclared automated tool\b|\benter the (?:characters|letters|text) (?:that )?you see\b"
        r"|\b(?:please )?(?:enable|turn on|activate) (?:javascript|js|cookies)(?: and (?:cookies|javascript))?"
        r"(?: in your (?:web )?browser)?(?: settings)? (?:to continue|and (?:reload|refresh|try again)"
        r"|and disable any ad ?blocker|and then reload|to (?:proceed|access)|or use a browser with javascript)"
        r"|\benable javascript and cookies to continue\b|\benable js and disable any ad ?blocker\b"
        r"|\bcookies must be enabled to (?:browse|access|use|view)\b"
        r"|\b(?:solve|complete|pass) (?:the|this|a) (?:re|h)?captcha\b"
        r"|\b(?:unusual|suspicious|abnormal) (?:traffic|activity)(?: activity)? (?:from|on|coming from) (?:your|this)"
        r" (?:\w+ )?(?:computer|network|device|ip|connection)"
        r"|\bautomated (?:requests|access|queries)\b|\bdetected (?:automated|bot|robot)"
        r"|\bcomplete (?:the|a|this)(?: following)? (?:security check|captcha|challenge|verification)|\bproof of work\b"
        r"|\bsecurity (?:service|check) to protect (?:itself|against|from)\b"
        r"|\byour (?:access|ip|ip address|request|connection) (?:to this \w+ )?(?:has been|was|is) "
        r"(?:temporarily )?(?:blocked|denied|flagged|banned|limited)\b"
        r"|\byouve been blocked by network security\b|\byou are (?:now )?in (?:line|the queue)\b"
        r"|\byou have been placed in a queue\b|\bblocked (?:because it violates|in accordance with) \w+ policy\b"
        r"|\bcontact your (?:system|network|it) administrator if you believe this is in error\b"
        r"|\bproblem providing the content you requested\b"
        r"|\bsupport id (?:is )?\d{6,}|\bbitte aktivieren sie javascript|\bveuillez activer javascript"
    )


# The same in other languages, plain: short enough that no more than a few letters may stand between.
NATIVE: tuple[str, ...] = (
    "kein roboter", "kein bot", "browser wird überprüft", "pas un robot", "êtes un humain", "êtes humain",
    "no eres un robot",
    "no soy un robot", "no es un robot", "eres humano", "es usted humano", "non sei un robot", "non sono un robot",
    "não é um robô", "não sou um robô", "é humano", "nie jesteś robotem", "jesteś człowiekiem", "geen robot",
    "robot olmadığınızı", "insan olduğunuzu", "nejste robot", "nejsem robot", "inte är en robot", "ikke er en robot",
    "не робот", "вы человек", "ви людина", "проверяем ваш браузер", "проверка вашего браузера", "bukan robot",
    "không phải là robot", "không phải người máy", "لست روبوت", "لست برنامج روبوت", "ربات نیستید", "不是机器人",
    "不是機器人", "请完成安全验证", "請完成安全驗證", "请进行验证", "完成验证后", "拖动滑块", "按住滑块", "向右滑动",
    "访问出现异常", "网络环境存在异常", "访问过于频繁", "ロボットではない", "ロボットではありません",
    "人間であることを",
    "로봇이 아닙니다", "로봇이 아님", "자동입력 방지", "자동 입력 방지", "비정상적인 접근",
    "δεν είστε ρομπότ", "אינך רובוט", "אינני רובוט",
)
