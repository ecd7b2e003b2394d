"""The tokens of the two designs: paper, ink, one accent, three status colours, data colours.

- Dark is its own design: cool graphite under light ink, not the light one turned round.
- The accent says "selected" and nothing else; green, amber and red say how a thing stands and
  nothing else.
- Lines of data take the palette of Okabe and Ito, which the colour-blind can tell apart.
- Distances are multiples of `GRID`; three sizes of type, two weights.
"""

from dataclasses import dataclass

from investigator.desktop.tone import Tone

GRID = 8
BODY_PX, SMALL_PX, TITLE_PX = 13, 11, 16


@dataclass(frozen=True, slots=True)
class Theme:
    """One design; colours as "#rrggbb".

    Attributes:
        name: "light" or "dark".
        paper: ground of views, tables and plots; the zero of the residuals.
        panel: ground of header, step list, inspector and status line.
        raised: ground of fields, buttons and of the palette.
        line: hairlines; `edge` borders what can be operated.
        ink: text; `ink_soft` for what explains, `ink_faint` for what is only at hand.
        accent: selection, focus; `accent_wash` is the ground of what is selected, `on_accent` is
            text on the accent.
        good, warn, bad: status; each `_wash` is the ground under it.
        series: colours of curves, in order of use.
        cold, hot: ends of the diverging map, below and above.
    """

    name: str
    paper: str
    panel: str
    raised: str
    line: str
    edge: str
    ink: str
    ink_soft: str
    ink_faint: str
    accent: str
    accent_wash: str
    on_accent: str
    good: str
    good_wash: str
    warn: str
    warn_wash: str
    bad: str
    bad_wash: str
    series: tuple[str, ...]
    cold: str
    hot: str

    def tone(self, tone: Tone) -> str:
        """Colour of text and glyph of a tone."""
        colours = {Tone.GOOD: self.good, Tone.WARN: self.warn, Tone.BAD: self.bad}
        return colours.get(tone, self.ink)

    def wash(self, tone: Tone) -> str:
        """Ground under a tone."""
        grounds = {Tone.GOOD: self.good_wash, Tone.WARN: self.warn_wash, Tone.BAD: self.bad_wash}
        return grounds.get(tone, self.raised)


LIGHT = Theme(
    name="light",
    paper="#fbfaf7",
    panel="#f2f1ec",
    raised="#ffffff",
    line="#e3e1da",
    edge="#c5c3ba",
    ink="#1d1e20",
    ink_soft="#515357",
    ink_faint="#6b6d71",
    accent="#1a5fb4",
    accent_wash="#dfe9f7",
    on_accent="#ffffff",
    good="#17703f",
    good_wash="#e2f1e7",
    warn="#855300",
    warn_wash="#faefd6",
    bad="#b0241c",
    bad_wash="#fbe6e3",
    series=("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"),
    cold="#0b4f8a",
    hot="#a63a00",
)

DARK = Theme(
    name="dark",
    paper="#14171a",
    panel="#1a1e22",
    raised="#22272c",
    line="#2b3137",
    edge="#47505a",
    ink="#e3e5e6",
    ink_soft="#aab1b8",
    ink_faint="#8b939b",
    accent="#73aeff",
    accent_wash="#1d3350",
    on_accent="#0d1620",
    good="#57c48c",
    good_wash="#16301f",
    warn="#e2b04a",
    warn_wash="#35290f",
    bad="#ff8a80",
    bad_wash="#3d1b1a",
    series=("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00"),
    cold="#79c0ff",
    hot="#ffa25c",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
