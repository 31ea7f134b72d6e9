"""Writes src/data/firstNameList.ts from the two first-name lists of stdlib-js.

Run from the project's folder, after `npm i --no-save` of the two packages anywhere:
    python3 src/data/prepare/first_names.py FOLDER/node_modules/@stdlib
"""

import json
import re
import sys
from pathlib import Path

HEADER = """\
// Made by src/data/prepare/first_names.py: do not edit. Source and licence: src/data/README.md.
/** First names in lower case, in alphabetical order, one a line. */
export const firstNameList: string = `
"""


def main(stdlib: Path) -> None:
    names: set[str] = set()
    for kind in ("female", "male"):
        file = stdlib / f"datasets-{kind}-first-names-en" / "data" / "names.json"
        names |= {name.lower() for name in json.loads(file.read_text(encoding="utf-8"))}
    plain = sorted(name for name in names if re.fullmatch("[a-z]+", name))
    target = Path("src/data/firstNameList.ts")
    target.write_text(HEADER + "\n".join(plain) + "\n`;\n", encoding="utf-8")


main(Path(sys.argv[1]))
