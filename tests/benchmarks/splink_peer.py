"""splink beside the radar, run by a Python of its own that has it: `PYTHON -m tests.benchmarks.splink_peer WAY PAST APPLICANTS OUT`.

    python3 -m venv ANYWHERE && ANYWHERE/bin/pip install -r tests/benchmarks/requirements-splink.txt

As its documentation begins: the ready-made comparisons, frequencies of terms where it has them, u by random sampling, m by
expectation maximisation over two rules, nothing tuned. WAY `people` has a row for each person of each firm, `firms` one for each
firm with lists of all its people, telephones, homes and belongings. The files are JSON, a row a line; what comes out is a
pair of firms a line with the best weight (log2 of the odds) of any two of their rows.
"""

# mypy: ignore-errors
import sys
from contextlib import suppress

import duckdb
import pandas
import splink.comparison_library as library
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException


def _people() -> tuple[list, list, list, list]:
    common = {"term_frequency_adjustments": True}
    comparisons = [
        library.NameComparison("legal_name").configure(**common),
        library.ForenameSurnameComparison("given", "family").configure(**common),
        library.DateOfBirthComparison("born", input_is_string=True),
        library.ExactMatch("line").configure(**common),
        library.PostcodeComparison("postcode"),
        library.EmailComparison("email"),
        *(library.ExactMatch(name).configure(**common) for name in ("telephone", "host", "account", "vehicle", "nino")),
    ]
    rules = [
        block_on("given", "family"),
        block_on("born", "family"),
        block_on("born", "given"),
        block_on("postcode", "line"),
        *(block_on(name) for name in ("telephone", "email", "account", "vehicle", "host")),
    ]
    trained = [block_on("given", "family"), block_on("born")]
    return comparisons, rules, trained, [block_on("given", "family", "born"), block_on("telephone", "email")]


LISTS = ("people", "telephones", "emails", "homes", "accounts", "vehicles")


def _firms() -> tuple[list, list, list, list]:
    common = {"term_frequency_adjustments": True}
    comparisons = [
        library.NameComparison("legal_name").configure(**common),
        library.ExactMatch("host").configure(**common),
        *(library.ArrayIntersectAtSizes(name, [2, 1]) for name in LISTS),
    ]
    rules = [block_on("host"), *(block_on(name, arrays_to_explode=[name]) for name in LISTS)]
    # Lists cannot be trained over: so over the firm's own telephone, and over whoever leads it.
    trained = [block_on("telephone"), block_on("lead"), block_on("host")]
    return comparisons, rules, trained, [block_on("lead"), block_on("telephone")]


WAYS = {"people": _people, "firms": _firms}


# What does not fit is written beside the files that it reads, which the benchmark takes away afterwards.
LIMITS = {"memory_limit": "6GB", "preserve_insertion_order": "false"}


def main(way: str, past: str, applicants: str, out: str) -> None:
    tables = [pandas.read_json(path, lines=True, dtype=False, convert_dates=False) for path in (past, applicants)]
    comparisons, rules, trained, exactly = WAYS[way]()
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="row",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
        additional_columns_to_retain=["firm"],
    )
    linker = Linker(
        tables,
        settings,
        DuckDBAPI(duckdb.connect(config={**LIMITS, "temp_directory": f"{out}.spilled"})),
        input_table_aliases=["past", "applicants"],
    )
    linker.training.estimate_probability_two_random_records_match(exactly, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in trained:
        with suppress(EMTrainingException):  # no pair has it in common, where there are few
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_weight=-7).as_pandas_dataframe()
    best = found.groupby(["firm_l", "firm_r"])["match_weight"].max().reset_index()
    best.to_csv(out, index=False, header=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
