"""Every setting: its name in the environment, its default and its meaning."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

TELEGRAM_API_URL = "https://api.telegram.org"
SHIPPED_CONTENT = Path(__file__).resolve().parent.parent / "content"
SECRET_KEY_BYTES = 32

Names = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """What a person who runs the bot may choose; each is read from `BOT_<NAME>` or `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="BOT_", env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    database_url: str = Field(
        default="sqlite:///var/bot.db",
        description="Where everything is kept: a SQLite file, or postgresql://user@host/name.",
    )
    host: str = Field(
        default="127.0.0.1",
        description="The address that the web server listens on; 0.0.0.0 for all of them.",
    )
    port: int = Field(default=8080, ge=0, le=65535, description="The port of the web server.")
    public_url: str = Field(
        default="",
        description="The address that people see: used in links, badges and the webhook. "
        "Left out, it is http://HOST:PORT.",
    )
    cities: Names = Field(
        default=("all",),
        description="City ids with commas between them; one id alone skips the city question.",
    )
    telegram_token: SecretStr | None = Field(
        default=None,
        description="The token from @BotFather. Without it the web chat runs alone.",
    )
    telegram_api_url: str = Field(
        default=TELEGRAM_API_URL,
        description="The Bot API's address: a local Bot API server, or a test server.",
    )
    telegram_mode: Literal["polling", "webhook"] = Field(
        default="polling",
        description="How updates arrive. `webhook` registers PUBLIC_URL/telegram/webhook.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="Signs links, sessions and buttons. Left out, one is made at the first "
        "start and kept in the file `secret_key` of the `var` folder.",
    )
    content_dir: Path = Field(
        default=SHIPPED_CONTENT,
        description="The folder of words, cities and other content; a city may bring its own.",
    )
    sample_data: Literal["auto", "on", "off"] = Field(
        default="auto",
        description="Invented sample courses: `auto` removes a city's at its first real import.",
    )
    feed_hosts: Names = Field(
        default=(), description="Hosts, with commas between them, that feeds may be fetched from."
    )
    trusted_proxies: Names = Field(
        default=(),
        description="Addresses or networks whose forwarded client addresses are believed.",
    )
    telegram_limits: bool = Field(
        default=True,
        description="Keep within Telegram's sending limits; off only against a test server.",
    )
    telegram_paid: bool = Field(
        default=False,
        description="Let campaigns go out faster for Telegram's Stars; a second person agrees.",
    )
    flood_burst: int = Field(
        default=20, ge=1, description="Messages that one person may send at once."
    )
    flood_per_second: float = Field(
        default=2.0, gt=0, description="Messages a second that one person may go on sending."
    )
    var_dir: Path = Field(
        default=Path("var"),
        description="The folder for what the program makes: the secret key, backups, exports.",
    )
    log_format: Literal["auto", "text", "json"] = Field(
        default="auto", description="How the log is written; `auto` is text on a terminal."
    )

    @field_validator("cities", "feed_hosts", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part for part in (item.strip() for item in value.split(",")) if part)
        return value

    @field_validator("public_url", "telegram_api_url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"http", "https"}:
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_known_database(cls, value: str) -> str:
        scheme = value.partition(":")[0]
        if scheme not in {"sqlite", "postgresql", "postgres"}:
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        number, colon, rest = value.get_secret_value().strip().partition(":")
        if not (number.isdigit() and colon and rest):
            raise ValueError("must look like 123456789:AbC..., as @BotFather gives it")
        return SecretStr(f"{number}:{rest}")

    @model_validator(mode="after")
    def _webhook_needs_a_public_address(self) -> Self:
        if self.telegram_token and self.telegram_mode == "webhook" and not self.public_url:
            raise ValueError("BOT_TELEGRAM_MODE=webhook needs BOT_PUBLIC_URL")
        return self

    @property
    def address(self) -> str:
        """The public address without a slash at its end."""
        if self.public_url:
            return self.public_url
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host  # noqa: S104
        return f"http://{host}:{self.port}"

    @property
    def is_production(self) -> bool:
        """Whether people outside this machine can reach it: missing words are then hidden."""
        return self.address.startswith("https://")


def load_settings(**overrides: object) -> Settings:
    """Read the settings; `overrides` win over the environment.

    Raises:
        SettingsError: One cannot be right; the message names each and never shows a value.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError("\n".join(_explained(error))) from None


def _explained(error: ValidationError) -> list[str]:
    lines = []
    for item in error.errors(include_input=False, include_url=False):
        name = "BOT_" + ".".join(str(part) for part in item["loc"]).upper()
        reason = item["msg"].removeprefix("Value error, ")
        lines.append(reason if name == "BOT_" else f"{name}: {reason}")
    return lines


def secret_key(settings: Settings) -> bytes:
    """The key that signs things, made and kept at the first start.

    Raises:
        SettingsError: The kept key cannot be read or made.
    """
    if settings.secret_key is not None:
        given = settings.secret_key.get_secret_value().encode()
        if len(given) < SECRET_KEY_BYTES:
            raise SettingsError(f"BOT_SECRET_KEY: use at least {SECRET_KEY_BYTES} characters")
        return given
    path = settings.var_dir / "secret_key"
    try:
        return _kept_key(path) or _made_key(path)
    except OSError as error:
        raise SettingsError(f"The key file {path} cannot be used: {error.strerror}") from error


def webhook_secret(settings: Settings) -> str:
    """Derive what Telegram sends with each delivery, so that it needs no setting of its own."""
    return hmac.new(secret_key(settings), b"telegram webhook", hashlib.sha256).hexdigest()


def _kept_key(path: Path) -> bytes:
    try:
        return path.read_bytes().strip()
    except FileNotFoundError:
        return b""


def _made_key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(SECRET_KEY_BYTES).encode()
    # Linked into place whole, so that two programs that start at once agree on one key.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return _kept_key(path)
    finally:
        draft.unlink()
    return key
