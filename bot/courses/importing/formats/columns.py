"""Our template's columns, and the other names by which exports know the same things."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the template.

    Attributes:
        name: Its heading; also the key of its help text, `imports.column.<name>`.
        example: A value as a provider would write it.
        other_names: Headings of other systems for the same thing, separated by spaces.
        of_run: It is about one run, so each row has its own; else it is about the course.
        choices: Words offered in the workbook's drop-down list.
    """

    name: str
    example: str = ""
    other_names: str = ""
    of_run: bool = False
    choices: tuple[str, ...] = ()


COURSE_COLUMNS = (
    Column(
        "reference",
        "EXC-101",
        other_names="id identifier course_id course_code code ref course_reference your_reference "
        "course_ref provider_course_id",
    ),
    Column(
        "title",
        "Excel for beginners",
        other_names="name course_title course_name course event_name event_title",
    ),
    Column(
        "provider",
        other_names="provider_name organisation organization organiser organizer college "
        "training_provider",
    ),
    Column(
        "summary",
        "Learn to make tables and add things up.",
        other_names="abstract short_description overview intro introduction strapline",
    ),
    Column(
        "description",
        "Six relaxed evenings. You bring your own questions.",
        other_names="course_description full_description details about what_you_will_learn content "
        "course_content event_description synopsis",
    ),
    Column(
        "kind",
        "course",
        other_names="type course_type learning_type event_type",
        choices=(
            "course",
            "event",
            "drop-in",
            "self-paced online",
            "in-work",
            "volunteering",
            "family learning",
            "heritage and civic life",
        ),
    ),
    Column(
        "who_for",
        "Anyone who is new to spreadsheets",
        other_names="who_is_it_for audience target_audience who_is_this_course_for "
        "who_this_course_is_for",
    ),
    Column(
        "entry_requirements",
        "None",
        other_names="requirements prerequisites prerequisite entry_criteria",
    ),
    Column(
        "leads_to",
        "Excel for work",
        other_names="where_next next_steps progression career_outcome careers related_jobs "
        "what_next",
    ),
    Column(
        "what_to_bring",
        "A pen",
        other_names="what_you_will_need_to_bring equipment materials",
    ),
    Column(
        "level",
        "Level 1",
        other_names="qualification_level education_level difficulty course_level",
    ),
    Column(
        "qualification",
        other_names="award qualification_title accreditation certificate_title",
    ),
    Column(
        "awarded_by",
        other_names="awarding_body awarding_organisation accredited_by",
    ),
    Column(
        "subjects",
        "Computing; Office skills",
        other_names="subject subject_area topic topics category categories sector department",
    ),
    Column(
        "keywords",
        "spreadsheets; tables",
        other_names="keyword tags skills",
    ),
    Column(
        "teaches",
        "3.1 intermediate; 1.3 basic",
        other_names="competences competencies skills_taught digcomp learning_outcome_codes",
    ),
    Column(
        "languages",
        "en",
        other_names="language teaching_language language_of_instruction",
    ),
    Column(
        "support",
        "beginners; step-free",
        other_names="accessibility facilities",
    ),
    Column(
        "min_age",
        "19",
        other_names="minimum_age age_from age_min",
    ),
    Column(
        "max_age",
        other_names="maximum_age age_to age_max",
    ),
    Column(
        "ages",
        other_names="age age_range",
    ),
    Column(
        "url",
        "https://www.example.org/excel",
        other_names="link website web_page webpage course_url course_webpage course_link event_url",
    ),
    Column(
        "contact",
        "0161 496 0000; learn@example.org",
        other_names="email phone telephone contact_email contact_phone contact_details enquiries",
    ),
    Column(
        "national",
        "no",
        other_names="national_delivery nationwide",
        choices=("yes", "no"),
    ),
)

RUN_COLUMNS = (
    Column(
        "run_reference",
        "EXC-101-A",
        other_names="run_id instance_id session_id class_code occurrence_id event_id",
        of_run=True,
    ),
    Column(
        "start_date",
        "12/01/2027",
        other_names="start starts date from starts_on course_start_date first_date event_date",
        of_run=True,
    ),
    Column(
        "end_date",
        "16/02/2027",
        other_names="end ends to ends_on finish finish_date last_date",
        of_run=True,
    ),
    Column(
        "start_words",
        other_names="start_text dates when",
        of_run=True,
    ),
    Column(
        "flexible_start",
        "no",
        other_names="flexible_start_date roll_on_roll_off",
        of_run=True,
        choices=("yes", "no"),
    ),
    Column(
        "weekdays",
        "Tuesday",
        other_names="day days weekday day_of_week days_of_week",
        of_run=True,
    ),
    Column(
        "start_time",
        "18:30",
        other_names="time from_time time_from starts_at",
        of_run=True,
    ),
    Column(
        "end_time",
        "20:30",
        other_names="to_time time_to ends_at finish_time",
        of_run=True,
    ),
    Column(
        "sessions",
        other_names="session_dates all_dates",
        of_run=True,
    ),
    Column(
        "duration",
        "6 weeks",
        other_names="length course_length study_time how_long duration_value",
        of_run=True,
    ),
    Column(
        "duration_unit",
        of_run=True,
    ),
    Column(
        "study_mode",
        "part-time",
        other_names="mode mode_of_study study_type",
        of_run=True,
        choices=("full-time", "part-time", "flexible"),
    ),
    Column(
        "attendance",
        "evening",
        other_names="attendance_pattern attendance_mode time_of_day pattern",
        of_run=True,
        choices=("daytime", "evening", "weekend", "twilight", "day release"),
    ),
    Column(
        "delivery",
        "in person",
        other_names="delivery_mode delivery_method format location_type",
        of_run=True,
        choices=("in person", "online", "blended", "at work"),
    ),
    Column(
        "venue_name",
        "Hulme Library",
        other_names="venue location place centre campus site",
        of_run=True,
    ),
    Column(
        "venue_address",
        "Stretford Road",
        other_names="address address_line_1 street",
        of_run=True,
    ),
    Column(
        "venue_town",
        "Manchester",
        other_names="town city town_or_city",
        of_run=True,
    ),
    Column(
        "venue_postcode",
        "M15 5FQ",
        other_names="postcode post_code zip",
        of_run=True,
    ),
    Column(
        "cost",
        "45",
        other_names="price fee fees course_fee cost_gbp price_gbp tuition_fee",
        of_run=True,
    ),
    Column(
        "cost_words",
        other_names="cost_description fee_details price_details cost_text",
        of_run=True,
    ),
    Column(
        "concessions",
        "Free with Universal Credit",
        other_names="concession concession_price discounts",
        of_run=True,
    ),
    Column(
        "places",
        "12",
        other_names="capacity maximum_places max_places",
        of_run=True,
    ),
    Column(
        "places_left",
        other_names="spaces_left available_places places_available",
        of_run=True,
    ),
    Column(
        "full",
        "no",
        other_names="is_full fully_booked sold_out",
        of_run=True,
        choices=("yes", "no"),
    ),
    Column(
        "apply_from",
        other_names="applications_open booking_opens",
        of_run=True,
    ),
    Column(
        "apply_by",
        "08/01/2027",
        other_names="deadline application_deadline closing_date apply_until",
        of_run=True,
    ),
    Column(
        "apply_link",
        "https://www.example.org/excel/apply",
        other_names="apply_url booking_url booking_link apply_to how_to_apply",
        of_run=True,
    ),
)

COLUMNS = COURSE_COLUMNS + RUN_COLUMNS
NAMES = {column.name: column.name for column in COLUMNS}
OTHER_NAMES = {other: column.name for column in COLUMNS for other in column.other_names.split()}
RUN_NAMES = frozenset(column.name for column in RUN_COLUMNS)


def recognised(header: list[str]) -> dict[str, str]:
    """Return, for each heading that we know, the template's name for it; each name once.

    The template's own names win over other systems' names, and earlier columns over later ones.
    """
    found: dict[str, str] = {name: NAMES[name] for name in header if name in NAMES}
    taken = set(found.values())
    for name in header:
        meaning = OTHER_NAMES.get(name)
        if name not in found and meaning and meaning not in taken:
            found[name] = meaning
            taken.add(meaning)
    return found


def is_template(header: list[str]) -> bool:
    """Tell whether the headings are our template's own."""
    named = [name for name in header if name]
    known = sum(name in NAMES for name in named)
    return "title" in named and "reference" in named and known >= 0.8 * len(named) and known >= 6
