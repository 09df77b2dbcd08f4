"""The ways in which one name is written, as texts to hash: equal texts may be one person.

What is stored of a name and what is looked up for one differ, so that a letter too many on either
side, a wrong letter, or two that changed places is found, and not everything that is two letters
off. Tried on invented observations in ``bench/overlap.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from server.names.likeness import PARTICLES, WORD, fold, sound_of

# How much alike two names are: the same to the ear, perhaps misspelt, or only begun the same.
SAME, ALIKE, WEAK = 3, 2, 1
# What people write where no name is known.
NO_NAMES = {
    *("onbekend", "onbekende", "anoniem", "nn", "nvt", "weet", "ik", "niet", "de", "het", "een"),
    *("jongen", "jongens", "meisje", "meisjes", "man", "mannen", "vrouw", "iemand", "persoon"),
    *("kind", "jongere", "broer", "zus", "vriend", "vriendin", "van"),
}
NO_IDEA = (["geen", "idee"], ["geen", "naam"])
# What stands before a name; alone it is a nickname.
BEFORE = {"kleine", "lange", "grote", "dikke", "oude", "jonge"}
# Short and pet forms end in these: Flip, Flippie, Flipke.
ENDING = re.compile(r"(?<=\w{3})(ti|ki|ka|i|o|a|er)$")
BEGINNING = 4  # letters of the sound
LEAST = 3  # shorter names are only looked up as they are
SHORT = 4  # up to so many letters, one letter off is often somebody else


def stored(names: Sequence[str]) -> dict[str, bool]:
    """Return what is kept of these names, and whether it is only one word of a longer name."""
    found: dict[str, bool] = {}
    for word, part in _words(names):
        for text in _kept(word):
            found[text] = found.get(text, True) and part
    return found


def sought(names: Sequence[str]) -> dict[tuple[str, bool], int]:
    """Return what to look up for these names: each text, whether it is a part, and how alike."""
    found: dict[tuple[str, bool], int] = {}
    for word, part in _words(names):
        for text, alike in _asked(word):
            found[text, part] = max(alike, found.get((text, part), 0))
    return found


def _words(names: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Return each name in one piece, and after a longer name its words as parts of it."""
    for name in names:
        words = [fold(word) for word in WORD.findall(name)]
        proper = [one for one in words if one and one not in PARTICLES | NO_NAMES]
        words = [one for one in proper if one not in BEFORE] or proper
        if len("".join(words)) < 2 or words in NO_IDEA:
            continue
        yield "".join(words), False
        if len(words) > 1:
            yield from ((word, True) for word in words if len(word) > 1)


def _kept(word: str) -> Iterator[str]:
    sound = sound_of(word)
    yield f"name {word}"
    if len(sound) >= LEAST:
        yield f"sound {sound}"
        yield f"stem {ENDING.sub('', sound)}"
    if len(sound) >= BEGINNING:
        yield f"begin {sound[:BEGINNING]}"
        yield from (f"nearly {less}" for less in _one_less(sound))
    if len(word) >= LEAST:
        yield from (f"less {less}" for less in _one_less(word))
        yield from (f"other {gap}" for gap in _one_other(word))


def _asked(word: str) -> Iterator[tuple[str, int]]:
    sound = sound_of(word)
    yield f"name {word}", SAME
    if len(sound) >= LEAST:
        yield f"sound {sound}", SAME
        yield f"stem {ENDING.sub('', sound)}", ALIKE
    if len(sound) >= BEGINNING:
        yield f"begin {sound[:BEGINNING]}", WEAK
        yield f"nearly {sound}", WEAK
        for less in _one_less(sound):
            yield f"nearly {less}", WEAK
            yield f"sound {less}", WEAK
    if len(word) < LEAST:
        return
    alike = ALIKE if len(word) >= SHORT else WEAK
    yield f"less {word}", alike
    yield from ((f"other {gap}", alike) for gap in _one_other(word))
    yield from ((f"name {swapped}", ALIKE) for swapped in _swapped(word))
    fewer = ALIKE if len(word) > SHORT else WEAK
    yield from ((f"name {less}", fewer) for less in _one_less(word))


def _one_less(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _one_other(word: str) -> set[str]:
    """Return the word with each letter in turn left open: a wrong letter there makes no difference.

    Source: the wildcards of pattern matching; two words of one length share one when they differ
    in that place alone.
    """
    return {f"{word[:at]}*{word[at + 1 :]}" for at in range(len(word))}


def _swapped(word: str) -> set[str]:
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} - {
        word
    }
