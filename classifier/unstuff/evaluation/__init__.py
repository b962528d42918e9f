"""Figures: precision, recall, calibration and rare shares, each with n and a 95 % interval.

Owns the intervals and what counts as found. Functions on arrays: scores float64 (n,), labels and flags bool (n,),
groups (n,) of any values that compare (hosts, campaigns). Rows of one group are not independent; every interval over
rows takes groups. It never scores or reads documents.
"""

from unstuff.evaluation.figures import (
    FOUND_SHARE,
    Bin,
    Calibration,
    Flags,
    Found,
    Scored,
    Shares,
    calibration,
    f1_score,
    is_found,
    reliability,
    shares_by,
    span_figures,
)
from unstuff.evaluation.intervals import (
    Interval,
    Share,
    bootstrap,
    bootstrap_sums,
    design_effect,
    percent,
    share,
    wilson,
)
from unstuff.evaluation.tables import as_markdown, share_table, table
from unstuff.evaluation.thresholds import (
    Threshold,
    bound_at,
    choose_threshold,
    supported_bound,
    upper_bound,
)

__all__ = [
    "FOUND_SHARE",
    "Bin",
    "Calibration",
    "Flags",
    "Found",
    "Interval",
    "Scored",
    "Share",
    "Shares",
    "Threshold",
    "as_markdown",
    "bootstrap",
    "bootstrap_sums",
    "bound_at",
    "calibration",
    "choose_threshold",
    "design_effect",
    "f1_score",
    "is_found",
    "percent",
    "reliability",
    "share",
    "share_table",
    "shares_by",
    "span_figures",
    "supported_bound",
    "table",
    "upper_bound",
    "wilson",
]
