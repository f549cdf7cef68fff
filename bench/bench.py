"""Speed and memory, as ratios: `make bench`. Seconds differ between machines, ratios little.

Each measurement runs in a process of its own, on one thread, so that peak memory and warm caches
are its own. What runs in one process is measured in seconds of processor time, which a busy machine
does not stretch; start-up and workers in seconds by the clock. The reports are real ones of
../shared/eval, in French and in English; where they are absent only the start-up is measured.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
EVAL = ROOT.parent / "shared" / "eval"
# News of every kind, and for English as many reports of violence beside it.
REPORTS = {"fr": ("fr-wikinews",), "en": ("places-geovirus-en", "muc4-dev")}
SHORT = {
    "fr": "Des rebelles ont attaqué jeudi une caserne de l'armée à Tarsala, selon la police.\n",
    "en": "Rebels attacked an army barracks in Tarsala on Thursday, police said.\n",
}
LANG = os.environ.get("BENCH_LANG", "fr")


def rows(limit: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in REPORTS[LANG]:
        lines = (EVAL / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
        own = [json.loads(line) for line in lines if line.strip()]
        found += own[: max(limit - len(found), 0)]
    return [{**row, "lang": LANG} for row in found]


def documents(limit: int) -> list[Any]:
    from dateline.gold.reading import document

    return [
        document(r["text"], ref=r["id"], lang=LANG, published=r.get("published"))
        for r in rows(limit)
    ]


def articles(limit: int) -> list[Any]:
    from dateline.config import Settings
    from dateline.language import available
    from dateline.model import Article
    from dateline.stages.extract import extract

    outcomes = (extract(d, available(), Settings()) for d in documents(limit))
    return [article for article in outcomes if isinstance(article, Article)]


ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def timed(
    work: Callable[[], Any], clock: Callable[[], float] = time.process_time
) -> tuple[float, Any]:
    started = clock()
    result = work()
    return clock() - started, result


def warm(gate: bool = True) -> Any:
    """A coder with its models loaded, so that loading is not measured."""
    from dateline.config import Settings
    from dateline.model import Document
    from dateline.pipeline import Coder

    coder = Coder(Settings(gate=gate))
    coder.code(Document(data=SHORT[LANG].encode(), ref="warm", lang=LANG, published="2020-05-22"))
    return coder


def digest(outcomes: Iterable[Any]) -> str:
    """One hash over all claims, without the gate's own trace."""
    whole = hashlib.sha256()
    for outcome in outcomes:
        for claim in outcome.claims:
            whole.update(claim.to_line().encode())
    return whole.hexdigest()


def quotations(value: Any) -> Iterator[tuple[int, int, str]]:
    """Every quotation in a claim's JSON: where it says to stand, and its words."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str) and value.get("start") is not None:
            yield value["start"], value["end"], value["text"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from quotations(each)


def misquoted(outcome: Any) -> int:
    """How many quotations of the claims are not what stands in the article."""
    return sum(
        outcome.article.text[start:end] != words
        for claim in outcome.claims
        for start, end, words in quotations(claim.to_json())
    )


def coding(limit: int, gate: bool) -> dict[str, Any]:
    """Code all reports in one process: seconds, claims, their hash, and those misquoted."""
    coder, given = warm(gate), documents(limit)
    seconds, outcomes = timed(lambda: [coder.code(d) for d in given])
    return {
        "seconds": seconds,
        "reports": len(given),
        "claims": sum(len(o.claims) for o in outcomes),
        "hash": digest(outcomes),
        "misquoted": sum(misquoted(o) for o in outcomes),
    }


def memory(limit: int) -> dict[str, Any]:
    """Code reports one after the other and keep nothing: peak resident memory in MB."""
    coder = warm()
    for document in documents(limit):
        coder.code(document)
    return {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def share(limit: int) -> dict[str, Any]:
    """Without the gate: the seconds of the parse alone, and of parse and rules together."""
    from dateline.language import language
    from dateline.pipeline import claims_of, prepare

    warm()
    lang, given = language(LANG), articles(limit)
    parse = whole = 0.0
    for article in given:
        # The first reading fills caches of lemmas and names, which neither side should pay for.
        claims_of(article, lang, gate=False)
        parse += timed(partial(prepare, article, lang, gate=False))[0]
        whole += timed(partial(claims_of, article, lang, gate=False))[0]
    return {"parse": parse, "whole": whole}


def lemmas(limit: int) -> dict[str, Any]:
    """The parse with lemmas for the tokens rules ask about, against spaCy's for every token."""
    import importlib

    from dateline.language import language
    from dateline.stages.annotate import Parser, annotate, parser
    from dateline.text import paragraphs, view

    package = language(LANG).about.parser
    texts = [(view(a.text), paragraphs(a.text)) for a in articles(limit)]
    every = Parser(importlib.import_module(package).load(), lambda token: token.lemma_.lower())

    def parse(with_lemmas: Parser) -> int:
        return sum(
            len(sentence.tokens)
            for seen, body in texts
            for sentence in annotate(seen, list(enumerate(body)), None, with_lemmas)
        )

    on_demand = parser(package)
    parse(on_demand)
    seconds, tokens = timed(partial(parse, on_demand))
    return {"on_demand": seconds, "all": timed(partial(parse, every))[0], "tokens": tokens}


CHILDREN: dict[str, Callable[[int], dict[str, Any]]] = {
    "gate": lambda n: coding(n, gate=True),
    "no-gate": lambda n: coding(n, gate=False),
    "memory": memory,
    "share": share,
    "lemmas": lemmas,
}


def child(name: str, limit: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--child", name, "--reports", str(limit)]
    environ = {**os.environ, **ONE_THREAD, "BENCH_LANG": LANG}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environ)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def command(*arguments: str, workers: int = 1) -> float:
    """Seconds by the clock that one `dateline` process takes, from start to end."""
    environ = {**os.environ, **ONE_THREAD, "DATELINE_WORKERS": str(workers)}
    call = [str(Path(sys.executable).parent / "dateline"), *arguments]
    run = partial(subprocess.run, call, capture_output=True, env=environ)
    seconds, done = timed(run, time.perf_counter)
    if done.returncode:
        sys.exit(f"{' '.join(call)}: {done.stderr.decode()}")
    return seconds


def say(what: str, value: str, ratio: str = "") -> None:
    print(f"{what:52} {value:>22}  {ratio}", flush=True)


def start_up() -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "short.txt"
        path.write_text(SHORT[LANG], encoding="utf-8")
        arguments = ("code", str(path), "--lang", LANG, "--format", "jsonl")
        command(*arguments)
        seconds = statistics.median(command(*arguments) for _ in range(3))
    say("dateline code, one short report, start to end", f"{seconds:.1f} s")
    return seconds


def workers(limit: int, start: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(limit)),
            encoding="utf-8",
        )
        arguments = ("code", str(path), "--lang", LANG, "--no-gate", "--format", "jsonl")
        one, two = command(*arguments), command(*arguments, workers=2)
    say(f"1 worker, {limit} reports, start to end", f"{one:.1f} s")
    faster = (one - start) / max(two - start, 0.1)
    say("2 workers", f"{two:.1f} s", f"{one / two:.2f} times; {faster:.2f} after the start")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=766, help="how many reports at most")
    options.add_argument("--lang", choices=tuple(REPORTS), help="one language only")
    options.add_argument("--child", choices=CHILDREN, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.child:
        print(json.dumps(CHILDREN[given.child](given.reports)))
        return
    global LANG
    for LANG in (given.lang,) if given.lang else tuple(REPORTS):
        print(f"-- {LANG}")
        start = start_up()
        if all((EVAL / f"{name}.jsonl").exists() for name in REPORTS[LANG]):
            measure(given.reports, start)
        else:
            print(f"skipped the rest: the reports are not here ({os.path.relpath(EVAL)})")


def measure(most: int, start: float) -> None:
    """Everything but the start-up, for the language of this run."""
    limit = min(most, len(rows(most)))
    gated, whole = child("gate", limit), child("no-gate", limit)
    say("parse everything", f"{limit / whole['seconds']:.1f} reports/s")
    faster = whole["seconds"] / gated["seconds"]
    say("with the gate", f"{limit / gated['seconds']:.1f} reports/s", f"{faster:.1f} times")
    same = gated["hash"] == whole["hash"]
    say("claims with and without it", f"{gated['claims']} and {whole['claims']}",
        "identical" if same else "NOT IDENTICAL")  # fmt: skip
    say("quotations that are no slice of the text", str(whole["misquoted"] + gated["misquoted"]))
    part = child("share", min(limit, 200))
    over = part["whole"] / part["parse"] - 1
    say("rules on top of the bare parse", f"{part['whole'] - part['parse']:.1f} s", f"+{over:.0%}")
    lemma = child("lemmas", min(limit, 200))
    rate = lemma["tokens"] / 1000
    say("lemmas for every token", f"{rate / lemma['all']:.1f} k tokens/s")
    say("lemmas on demand", f"{rate / lemma['on_demand']:.1f} k tokens/s",
        f"{lemma['all'] / lemma['on_demand']:.2f} times")  # fmt: skip
    small, large = child("memory", min(limit, 100)), child("memory", limit)
    say(f"peak memory after {min(limit, 100)} reports", f"{small['peak']:.0f} MB")
    growth = f"{large['peak'] / small['peak']:.2f} times"
    say(f"peak memory after {limit} reports", f"{large['peak']:.0f} MB", growth)
    workers(min(limit, 300), start)
    if not same or whole["misquoted"] or gated["misquoted"]:
        sys.exit("the gate changes the claims, or a quotation is not in the text")


if __name__ == "__main__":
    main()
