"""Every page and every state of the chat, each reached as a person would."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import STAFF_SECRET, STALE_SECRET
from tests.web.cvs import CV_TOKEN
from tests.web.fake_badges import ACHIEVEMENT, HIDDEN, REVOKED, SHOWN
from tests.web.fake_catalogue import GUARDED, OTHER_REPORT, RUNNING, SPELLING, TRIED
from tests.web.fake_classes import OPEN
from tests.web.fake_codesign import IDEA, ITEM, MISSED, ROUND
from tests.web.fake_desks import LATE, REFERENCE
from tests.web.fake_talent import ASKED, RUNS, YES_TOKEN
from tests.web.needs import NEEDS_TOKEN
from tests.web.results import TOKEN

Reach = Callable[[Page, str], None]


def _path(path: str) -> Reach:
    def reach(page: Page, url: str) -> None:
        page.goto(url + path)

    return reach


def begin(page: Page, url: str, option: str = "English") -> None:
    page.goto(f"{url}/c/manchester")
    page.get_by_role("button", name=option, exact=True).click()
    page.locator("[data-line]").nth(2).wait_for()


def search(page: Page, url: str) -> None:
    begin(page, url)
    ask(page, "evning excel near moss side")
    page.get_by_role("heading", name="Excel for beginners").wait_for()


def ask(page: Page, words: str) -> None:
    page.locator("#text").fill(words)
    page.get_by_role("button", name="Send").click()


def course(page: Page, url: str) -> None:
    search(page, url)
    page.get_by_role("button", name="1. Excel for beginners").click()
    page.get_by_role("button", name="Save it").wait_for()


def changing(page: Page, url: str) -> None:
    course(page, url)
    page.locator("summary").last.click()


def place(page: Page, url: str) -> None:
    begin(page, url)
    ask(page, "near me")
    page.get_by_role("log").get_by_text("Where are you?").wait_for()


def urdu(page: Page, url: str) -> None:
    page.goto(f"{url}/c/manchester")
    page.get_by_role("button", name="اردو").click()
    page.locator('html[dir="rtl"]').wait_for()


def empty(page: Page, url: str) -> None:
    page.goto(f"{url}/privacy")
    page.goto(f"{url}/?notice=empty")


def used_login(page: Page, url: str) -> None:
    page.goto(f"{url}/staff/login/{'u' * 32}")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("This link cannot be used.").wait_for()


def at_desk(path: str = "/staff") -> Reach:
    def reach(page: Page, url: str) -> None:
        page.context.add_cookies([{"name": "lcb-staff", "value": STAFF_SECRET, "url": url}])
        page.goto(url + path)

    return reach


staff = at_desk()


def tags(page: Page, url: str) -> None:
    at_desk("/staff/skills/excel")(page, url)
    page.get_by_role("button", name="Does not teach this").first.click()
    page.get_by_role("status").wait_for()


def finding_tags(page: Page, url: str) -> None:
    staff(page, url)
    page.get_by_role("link", name="Fix skills tags").click()
    page.get_by_label("Which course?").fill("excel")
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("heading", name="Excel for beginners").wait_for()


def listing_with_mistakes(page: Page, url: str) -> None:
    at_desk("/staff/catalogue/courses/excel")(page, url)
    page.get_by_label("Title").fill("")
    page.get_by_label("Price in pounds (0 if it is free)").fill("much")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()


def catalogue_filters(page: Page, url: str) -> None:
    at_desk("/staff/catalogue?q=excel")(page, url)
    page.locator("summary").first.click()


def offer(path: str) -> Reach:
    return at_desk(f"/staff/offers{path}")


def offer_with_mistakes(page: Page, url: str) -> None:
    offer("/new?city=manchester")(page, url)
    page.get_by_label("Title").fill("Tea and tablets")
    page.get_by_label("Every week").check()
    page.get_by_label("Starts at").first.fill("tea time")
    page.get_by_role("button", name="Send to the city's team").click()
    page.get_by_role("alert").wait_for()


def offer_previewed(page: Page, url: str) -> None:
    offer("/offer0/edit")(page, url)
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("It is not kept yet.").wait_for()


def people(page: Page, url: str) -> None:
    at_desk("/staff/people")(page, url)
    page.locator("summary").first.click()


def rounds(path: str) -> Reach:
    return at_desk(f"/staff/codesign{path}")


def round_with_mistakes(page: Page, url: str) -> None:
    rounds("/new?framework=sectors-draft")(page, url)
    page.get_by_label("Last day").fill("2020-01-01")
    page.get_by_role("button", name="Make the round").click()
    page.get_by_role("alert").wait_for()


def sentence_decided_badly(page: Page, url: str) -> None:
    rounds(f"/{ROUND}/items/{ITEM}")(page, url)
    page.get_by_label("It goes").check()
    page.get_by_label("Why does it change?").fill("Nobody needs it")
    page.get_by_role("button", name="Keep for the next draft").click()
    page.get_by_role("alert").wait_for()


def suggestion_without_reason(page: Page, url: str) -> None:
    rounds(f"/{ROUND}/missing")(page, url)
    page.locator(f"#v-{MISSED}-no").check()
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("alert").wait_for()
    page.locator("summary", has_text="Make a sentence of it").click()


def complaint(page: Page, url: str) -> None:
    at_desk(f"/staff/complaints/{LATE}")(page, url)
    page.get_by_role("button", name="Send it").click()
    page.get_by_role("alert").wait_for()


def settings(page: Page, url: str) -> None:
    staff(page, url)
    page.goto(f"{url}/staff/settings?city=manchester&health=1")
    page.get_by_label("Who runs the assistant").fill("us < them")
    page.locator("form:has(#operator) button").click()
    page.get_by_role("alert").wait_for()


def signing_in_again(page: Page, url: str) -> None:
    page.context.add_cookies([{"name": "lcb-staff", "value": STALE_SECRET, "url": url}])
    page.goto(f"{url}/staff/audit.csv")
    page.get_by_role("link", name="Go on").wait_for()


def content_drafted(page: Page, url: str) -> None:
    at_desk("/staff/content/file?path=text/menu.yaml")(page, url)
    page.get_by_role("button", name="Keep it in my draft").click()
    page.get_by_role("heading", name="What would change").wait_for()
    page.locator("summary").first.click()


def content_published(page: Page, url: str) -> None:
    content_drafted(page, url)
    page.get_by_role("link", name="Go on to publish").click()
    page.get_by_role("button", name="Publish it now").click()
    page.get_by_role("alert").wait_for()


def content_refused(page: Page, url: str) -> None:
    at_desk("/staff/content/file?path=text/menu.yaml")(page, url)
    page.get_by_role("button", name="Put it in my draft").click()
    page.get_by_role("alert").wait_for()


def classes(path: str = "") -> Reach:
    return at_desk(f"/staff/classes{path}")


def faulty_names(page: Page, url: str) -> None:
    classes(f"/{OPEN}/links")(page, url)
    page.get_by_label("Names, one on each line").fill("Ann B\nann b\nx@y.uk")
    page.get_by_role("button", name="Make the links").first.click()
    page.get_by_role("alert").wait_for()


def own_data(page: Page, url: str) -> None:
    begin(page, url)
    page.goto(f"{url}/mydata")


def own_result(page: Page, url: str) -> None:
    page.context.add_cookies([{"name": "lcb-chat", "value": "c" * 22, "url": url}])
    page.goto(f"{url}/results/own/now")


def own_badge(page: Page, url: str) -> None:
    page.context.add_cookies([{"name": "lcb-chat", "value": "c" * 22, "url": url}])
    page.goto(f"{url}/badges/{HIDDEN}")


def checking(pasted: str) -> Reach:
    def reach(page: Page, url: str) -> None:
        page.goto(f"{url}/verify")
        page.get_by_label("Or paste the text of a badge").fill(pasted)
        page.get_by_role("button", name="Check it").click()
        page.locator("[role=alert], #verdict").wait_for()

    return reach


PAGES: dict[str, Reach] = {
    "first screen": _path("/"),
    "first screen of a city": _path("/c/manchester"),
    "a deep link": _path("/?start=invite_abc"),
    "results": search,
    "a course in the chat": course,
    "an earlier answer opened": changing,
    "a question for a place": place,
    "the chat in Urdu": urdu,
    "an empty form": empty,
    "course": _path("/courses/excel"),
    "an employer's report": _path(f"/needs/{NEEDS_TOKEN}"),
    "an employer's report in Urdu": _path(f"/needs/{NEEDS_TOKEN}?lang=ur"),
    "figures": at_desk("/staff/figures"),
    "what other programs can ask": _path("/api"),
    "posters": at_desk("/staff/posters?about=search&words=excel"),
    "insight": at_desk("/staff/insight?city=manchester"),
    "what people look for": at_desk("/staff/insight/demand?city=manchester"),
    "learning and progress": at_desk("/staff/insight/learning?city=manchester"),
    "needs and gaps": at_desk("/staff/insight/needs?city=manchester"),
    "an evaluation": at_desk("/staff/insight/evaluation?city=manchester&weeks=52"),
    "cities side by side": at_desk("/staff/insight/network?topic=use"),
    "cities side by side for everybody": _path("/open-data/network?topic=learning"),
    "campaigns of other cities": at_desk("/staff/campaigns/shared"),
    "open data": _path("/open-data"),
    "open data of a city": _path("/open-data/manchester"),
    "questionnaires": at_desk("/staff/questionnaires"),
    "a questionnaire in Urdu": at_desk("/staff/questionnaires/skills-needs?in=ur"),
    "what was answered": at_desk("/staff/questionnaires/evaluation?city=manchester&version=1"),
    "sample course": _path("/courses/cooking"),
    "withdrawn course": _path("/courses/gone"),
    "city": _path("/cities/manchester"),
    "sources": _path("/sources"),
    "privacy": _path("/privacy"),
    "privacy in Urdu": _path("/privacy?lang=ur"),
    "accessibility": _path("/accessibility"),
    "no data": _path("/mydata"),
    "own data": own_data,
    "joining": _path(f"/join/{'j' * 32}"),
    "signing in": _path(f"/staff/login/{'l' * 32}"),
    "a used login": used_login,
    "staff": staff,
    "finding a course to fix": finding_tags,
    "fixing skills tags": tags,
    "the catalogue searched": at_desk("/staff/catalogue?q=evning+excel&free=yes"),
    "the catalogue's filters": catalogue_filters,
    "a listing with mistakes": listing_with_mistakes,
    "hidden listings": at_desk("/staff/catalogue/hidden"),
    "reported listings": at_desk("/staff/catalogue/reports"),
    "a reported listing": at_desk(f"/staff/catalogue/reports/{OTHER_REPORT}"),
    "feeds and imports": at_desk("/staff/catalogue/feeds"),
    "a trial of a file": at_desk(f"/staff/catalogue/runs/{TRIED}"),
    "a run that the guard stopped": at_desk(f"/staff/catalogue/runs/{GUARDED}"),
    "a run under way": at_desk(f"/staff/catalogue/runs/{RUNNING}"),
    "providers": at_desk("/staff/catalogue/providers"),
    "a provider": at_desk(f"/staff/catalogue/providers/manchester/{SPELLING}"),
    "something is wrong": _path("/courses/excel/wrong"),
    "something is wrong in Urdu": _path("/courses/excel/wrong?lang=ur"),
    "offers": offer(""),
    "an offer that waits": offer("/offer1"),
    "an offer with mistakes": offer_with_mistakes,
    "an offer previewed": offer_previewed,
    "whom offers reach": offer("/reach"),
    "people and roles": people,
    "rounds of comments": rounds(""),
    "a new round with mistakes": round_with_mistakes,
    "a round": rounds(f"/{ROUND}"),
    "what was said in a round": rounds(f"/{ROUND}/results?by=clear"),
    "a sentence and what was said of it": rounds(f"/{ROUND}/items/{ITEM}#s-{IDEA}"),
    "a sentence decided badly": sentence_decided_badly,
    "what is missing": suggestion_without_reason,
    "the next draft": rounds(f"/{ROUND}/draft"),
    "what a framework changed": _path("/frameworks/sectors-draft"),
    "complaints": at_desk("/staff/complaints"),
    "opportunities": at_desk("/staff/opportunities"),
    "an opportunity": at_desk(f"/staff/opportunities/{ASKED}"),
    "a running opportunity": at_desk(f"/staff/opportunities/{RUNS}"),
    "who said yes": _path(f"/invited/{YES_TOKEN}"),
    "who said yes in Urdu": _path(f"/invited/{YES_TOKEN}?lang=ur"),
    "a complaint": complaint,
    "settings": settings,
    "conversations": at_desk("/staff/conversations?city=manchester&reference=nobody"),
    "a fault found": at_desk("/staff/conversations?city=manchester&reference=a1b2c3"),
    "help for one person": at_desk("/staff/support?reference=nobody"),
    "one person": at_desk(f"/staff/support/{REFERENCE}"),
    "what is done about one person": at_desk(f"/staff/support/{REFERENCE}/act"),
    "audit log": at_desk("/staff/audit"),
    "signing in again": signing_in_again,
    "content": at_desk("/staff/content"),
    "files of a kind": at_desk("/staff/content/kinds/campaigns"),
    "a file of the content": at_desk("/staff/content/file?path=text/menu.yaml"),
    "a file that cannot be taken": content_refused,
    "a draft of content": content_drafted,
    "publishing content": content_published,
    "screens in Urdu": at_desk("/staff/content/screens?in=ur"),
    "translations": at_desk("/staff/content/translations"),
    "history of content": at_desk("/staff/content/history"),
    "a version of content": at_desk("/staff/content/history/1"),
    "going back": at_desk("/staff/content/back/1"),
    "classes": classes(),
    "a course for a code": classes("/new"),
    "making a code": classes("/new/excel"),
    "a class": classes(f"/{OPEN}"),
    "a code for a room": classes(f"/{OPEN}/show"),
    "links by name": classes(f"/{OPEN}/links"),
    "a list with faults": faulty_names,
    "slips": classes(f"/{OPEN}/links/slips"),
    "result at a private address": _path(f"/results/{TOKEN}"),
    "result in Urdu": _path(f"/results/{TOKEN}?lang=ur"),
    "own results": own_result,
    "checking a badge": _path("/verify"),
    "nothing to check": checking(""),
    "a good badge checked": checking("badge"),
    "a changed badge checked": checking("changed"),
    "a badge": _path(f"/badges/{SHOWN}"),
    "a badge taken back": _path(f"/badges/{REVOKED}"),
    "own hidden badge": own_badge,
    "what a badge is given for": _path(ACHIEVEMENT),
    "an issuer of badges": _path("/issuers/manchester"),
    "a CV": _path(f"/cv/{CV_TOKEN}"),
    "a CV in Urdu": _path(f"/cv/{CV_TOKEN}?lang=ur"),
    "not found": _path("/nothing"),
}
