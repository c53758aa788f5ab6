"""Write the packages that the tests read, by Anki's own library: `pip install ".[bench]"`, then run this.

Both hold the same notes, cards and reviews: `old.apkg` of the format before 2.1.50, `new.apkg` of the one since.
"""

import tempfile
from pathlib import Path

from anki.collection import Collection, ExportAnkiPackageOptions

FOLDER = Path(__file__).parent / "packages"
START = 1_700_000_000_000
DAY = 86_400_000
NOTES = [
    ("Basic", ["What is the capital of France?", "Paris"], ["geo", "europe::west"]),
    ("Basic", ["Name the <b>primary</b> colours", "<ul><li>Red</li><li>Green</li><li>Blue</li></ul>"], []),
    ("Basic", ['Which flag?<br><img src="fr flag.png">', "France [sound:anthem.mp3]"], ["geo"]),
    ("Basic (and reversed card)", ["der Hund", "the dog"], ["german"]),
    ("Basic (type in the answer)", ["2 * 3 * 4", "24"], []),
    ("Cloze", ["The {{c1::Seine}} runs through {{c2::Paris::city}}.", "A river"], []),
    ("Cloze", ["Steps<ol><li>{{c1::Boil}} water</li><li>{{c2::Steep}} tea</li></ol>", ""], []),
    ("Basic", ["Steps?", "1. First<br>2. Then"], []),
]


def main() -> None:
    """Make the collection and export it both ways."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(f"{folder}/collection.anki2")
        decks = [collection.decks.id("Travel"), collection.decks.id("School::Languages")]
        for number, (kind, fields, tags) in enumerate(NOTES):
            note = collection.new_note(collection.models.by_name(kind))
            note.guid = f"guid-{number}"
            note.fields[:] = fields
            note.tags = tags
            collection.add_note(note, decks[kind.startswith("Basic (")])
        cards = collection.db.list("SELECT c.id FROM cards c JOIN notes n ON n.id = c.nid ORDER BY n.guid, c.ord")
        for number, card in enumerate(cards[:-1]):
            for turn in range(4):
                at = START + number * 1000 + turn * 3 * DAY
                ease, kind = (1 + (number + turn) % 4, 0 if turn == 0 else 1)
                row = (at, card, -1, ease, 3, 1, 2500, 4000 + 1000 * turn, kind)
                collection.db.execute("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *row)
            collection.db.execute(
                "UPDATE cards SET type = 2, queue = 2, due = ?, ivl = 5, reps = 4 WHERE id = ?", 40 + number, card
            )
        by_hand = (START + 20 * DAY, cards[0], -1, 0, 9, 3, 2500, 0, 4)
        collection.db.execute("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *by_hand)
        collection.sched.suspend_cards([cards[3]])
        collection.sched.schedule_cards_as_new([cards[4]])
        collection.db.execute("UPDATE revlog SET id = ? WHERE type = 4 AND factor = 0", START + 30 * DAY)
        collection.db.execute("UPDATE col SET crt = ?", START // 1000)
        for name, legacy in (("old", True), ("new", False)):
            options = ExportAnkiPackageOptions(
                with_scheduling=True, with_media=False, with_deck_configs=False, legacy=legacy
            )
            collection.export_anki_package(out_path=str(FOLDER / f"{name}.apkg"), options=options, limit=None)
        collection.close()


if __name__ == "__main__":
    main()
