"""Imports: courses a second and memory for each format, and the whole way into the database.

Each measurement is a process of its own, so that memory is that of one import alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.rows import Row, at_most
from bot.courses.importing import Origin, Reading, Rejection, Source, read_courses
from bot.courses.importing.formats.columns import COLUMNS
from bot.courses.importing.formats.directory import QUALIFICATION_COLUMNS

PART = "imports"
GOAL_SECONDS, GOAL_MEGABYTES = 120, 700
SUBJECTS = ("Excel", "Cooking", "ESOL", "Painting", "Plumbing", "Spanish", "First aid", "Coding")
SENTENCES = (
    "You learn at your own speed, in a small group, with a tutor who has time for you.",
    "No experience is needed; bring a pen, and a friend if you like.",
    "At the end you can go on to the next level, or use what you know at work & at home.",
    "The café next door is open until six — tea is £1.",
)


def course(number: int) -> dict[str, str]:
    subject = SUBJECTS[number % len(SUBJECTS)]
    start = date(2027, 1, 4) + timedelta(days=number % 300)
    return {
        "reference": f"R-{number:06}",
        "title": f"{subject} for beginners, group {number}",
        "summary": f"{subject} from the start. {SENTENCES[number % 4]}",
        "description": " ".join(SENTENCES[(number + n) % 4] for n in range(4)),
        "entry_requirements": "None",
        "leads_to": f"{subject}, next level",
        "level": f"Level {number % 3 + 1}",
        "subjects": f"{subject}; Skills",
        "languages": "en",
        "url": f"https://www.example.org/courses/{number}",
        "contact": "0161 496 0000",
        "start_date": start.strftime("%d/%m/%Y"),
        "end_date": (start + timedelta(weeks=6)).strftime("%d/%m/%Y"),
        "weekdays": "Tuesday",
        "start_time": "18:30",
        "end_time": "20:30",
        "duration": "6 weeks",
        "study_mode": "part-time",
        "attendance": "evening",
        "delivery": "in person",
        "venue_name": "Hulme Library",
        "venue_address": "Stretford Road",
        "venue_postcode": "M15 5FQ",
        "cost": str(number % 90 + 5),
    }


def write_csv(path: Path, total: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column.name for column in COLUMNS], restval="")
        writer.writeheader()
        writer.writerows(map(course, range(total)))


def write_xlsx(path: Path, total: int) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Courses")
    names = [column.name for column in COLUMNS]
    sheet.write_row(0, 0, names)
    for number in range(total):
        row = course(number)
        for column, name in enumerate(names):
            if name in row:
                sheet.write_string(number + 1, column, row[name])
    book.close()


def write_directory(path: Path, total: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, QUALIFICATION_COLUMNS, restval="")
        writer.writerow({name: name.upper() for name in QUALIFICATION_COLUMNS})
        writer.writerows(map(_directory_row, range(total)))


def _directory_row(number: int) -> dict[str, str]:
    own = course(number)
    return {
        "lars_qan": str(60_000_000 + number),
        "who_this_course_is_for": own["summary"],
        "entry_requirements": own["entry_requirements"],
        "what_you_will_learn": own["description"],
        "where_next": own["leads_to"],
        "course_name": own["title"],
        "your_reference": own["reference"],
        "delivery_mode": "Classroom based",
        "start_date": own["start_date"],
        "flexible_start_date": "No",
        "venue_name": own["venue_name"],
        "course_webpage": own["url"],
        "cost": own["cost"],
        "duration": "6",
        "duration_unit": "Weeks",
        "study_mode": "Part-time",
        "attendance_pattern": "Evening",
    }


def write_xcri(path: Path, total: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?><catalog xmlns="http://xcri.org/profiles/1.2/'
            'catalog" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"'
            ' xmlns:x="http://www.w3.org/1999/xhtml"><provider><dc:title>College</dc:title>'
        )
        for number in range(total):
            file.write(_element(course(number)))
        file.write("</provider></catalog>")


def _element(own: dict[str, str]) -> str:
    safe = {name: value.replace("&", "&amp;") for name, value in own.items()}
    return (
        "<course><dc:identifier>{reference}</dc:identifier><dc:title>{title}</dc:title>"
        "<mlo:url>{url}</mlo:url><abstract>{summary}</abstract><dc:description><x:div><x:p>"
        "{description}</x:p></x:div></dc:description><dc:subject>{subjects}</dc:subject>"
        "<mlo:prerequisite>{entry_requirements}</mlo:prerequisite><mlo:level>{level}</mlo:level>"
        "<presentation><mlo:start>{start_date}</mlo:start><end>{end_date}</end>"
        "<mlo:duration>{duration}</mlo:duration><studyMode>{study_mode}</studyMode>"
        "<attendanceMode>Campus</attendanceMode><attendancePattern>{attendance}</attendancePattern>"
        "<mlo:cost>{cost}</mlo:cost><venue><provider><dc:title>{venue_name}</dc:title>"
        "<mlo:location><mlo:street>{venue_address}</mlo:street><mlo:postcode>{venue_postcode}"
        "</mlo:postcode></mlo:location></provider></venue></presentation></course>\n"
    ).format(**safe)


def write_json(path: Path, total: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write('{"@context": "https://schema.org", "@graph": [\n')
        for number in range(total):
            file.write((",\n" if number else "") + json.dumps(_node(course(number))))
        file.write("]}")


def _node(own: dict[str, str]) -> dict[str, object]:
    start = datetime.strptime(own["start_date"], "%d/%m/%Y").date()  # noqa: DTZ007
    return {
        "@type": "Course",
        "@id": own["url"],
        "name": own["title"],
        "abstract": own["summary"],
        "description": own["description"],
        "educationalLevel": own["level"],
        "about": own["subjects"],
        "provider": {"@type": "Organization", "name": "College"},
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "@id": own["url"] + "#run",
            "startDate": f"{start}T18:30:00",
            "courseMode": ["Onsite", "part-time"],
            "location": {"@type": "Place", "name": "Hulme Library", "address": {
                "streetAddress": "Stretford Road", "postalCode": "M15 5FQ"}},
            "offers": {"@type": "Offer", "price": own["cost"], "priceCurrency": "GBP"},
        },
    }  # fmt: skip


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "directory": write_directory,
    "xcri": write_xcri,
    "json-ld": write_json,
}


def measure_reading(path: Path) -> dict[str, float]:
    """Read and map every course of a file, keeping none."""
    started = time.perf_counter()
    reading = Reading(Origin("manchester", "College"), Source(path, path.name))
    courses = rejected = 0
    with read_courses(reading) as opened:
        for item in opened.items:
            if isinstance(item, Rejection):
                rejected += 1
            else:
                courses += 1
    return _measured(started, courses=courses, rejected=rejected)


def measure_import(path: Path) -> dict[str, float]:
    """Import into a new SQLite database, twice."""
    from bot.work.imports import import_into
    from storage import Database

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        Database.migrate(url)
        database = Database.open(url)
        started = time.perf_counter()
        source, origin = Source(path, path.name), Origin("manchester", "College")
        now = datetime.now(UTC)
        report = import_into(database, source, origin, say=lambda phrase: phrase.id, now=now)
        first = _measured(started, courses=report.new, rejected=report.rejected_count)
        longest = database.facts().longest_unit_s
        started = time.perf_counter()
        again = import_into(database, source, origin, say=lambda phrase: phrase.id, now=now)
        database.close()
        assert again.unchanged == report.new
        first["again_seconds"] = round(time.perf_counter() - started, 1)
        first["longest_unit_ms"] = round(longest * 1000, 1)
    return first


def _measured(started: float, **counts: int) -> dict[str, float]:
    seconds = time.perf_counter() - started
    mine, workers = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        **counts,
        "seconds": round(seconds, 1),
        "per_second": round(counts["courses"] / seconds),
        "cpu_seconds": round(mine.ru_utime + mine.ru_stime + workers.ru_utime, 1),
        "megabytes": round(mine.ru_maxrss / 1024),
        "worker_megabytes": round(workers.ru_maxrss / 1024),
    }


def measure_apart(kind: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.imports", f"--measure={kind}", f"--file={path}"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def run(courses: int = 100_000) -> list[Row]:
    """Measure every format, and one whole import into SQLite."""
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, write in WRITERS.items():
            path = Path(folder) / name
            write(path, courses)
            read = measure_apart("reading", path)
            found += _read_rows(name, courses, read, path.stat().st_size)
            if name == "csv":
                found += _import_rows(courses, measure_apart("import", path))
            path.unlink()
    return found


def _read_rows(name: str, courses: int, read: dict[str, float], size: int) -> list[Row]:
    note = f"{courses:,} courses, {size / 1024 / 1024:.0f} MB, {read['seconds']:.0f} s"
    note += f" ({read['cpu_seconds']:.0f} s of one core)"
    if name == "xlsx":
        note += f", its worker {read['worker_megabytes']:.0f} MB"
    speed = Row(PART, f"{name}: read and mapped", read["per_second"], "courses/s", note=note)
    return [speed, at_most(PART, f"{name}: memory", read["megabytes"], "MB", 300)]


def _import_rows(courses: int, whole: dict[str, float]) -> list[Row]:
    assert whole["courses"] == courses
    seconds, share = whole["seconds"], courses / 100_000
    return [
        at_most(PART, "csv: whole import into SQLite", seconds, "s", GOAL_SECONDS * share),
        at_most(PART, "csv: memory of it", whole["megabytes"], "MB", GOAL_MEGABYTES),
        at_most(PART, "csv: the writer held, longest", whole["longest_unit_ms"], "ms", 50),
        Row(PART, "csv: the same file again", whole["again_seconds"], "s"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", choices=["reading", "import"], required=True)
    parser.add_argument("--file", type=Path, required=True)
    options = parser.parse_args()
    measure = measure_reading if options.measure == "reading" else measure_import
    print(json.dumps(measure(options.file)))


if __name__ == "__main__":
    main()
