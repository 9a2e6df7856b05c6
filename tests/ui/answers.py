"""Somebody who answers the window's questions in tests: says yes, picks the first, and remembers what was asked."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Answers:
    """Set what will be answered; ``told`` holds the sentences and ``asked`` the questions so far."""

    yes: bool = True
    place: int | None = 0
    typed: str | None = ""
    file: Path | None = None
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def tell(self, sentence: str, title: str = "") -> None:
        self.told.append(sentence)

    def confirm(self, question: str, yes: str, detail: str = "", no: str = "Cancel") -> bool:
        self.asked.append(f"{question}\n{detail}")
        return self.yes

    def text(self, title: str, label: str, start: str = "") -> str | None:
        self.asked.append(title)
        return self.typed

    def choose(self, title: str, label: str, options: list[str], yes: str = "Choose") -> int | None:
        self.asked.append("\n".join([title, *options]))
        return self.place

    def open_file(self, title: str, filters: str) -> Path | None:
        self.asked.append(title)
        return self.file

    def save_file(self, title: str, start: Path, filters: str) -> Path | None:
        self.asked.append(f"{title}: {start}")
        return self.file

    def folder(self, title: str) -> Path | None:
        self.asked.append(title)
        return self.file
