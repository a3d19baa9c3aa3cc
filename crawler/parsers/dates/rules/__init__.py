"""What each rule of the grammar means: from its tokens to calendar spans.

A resolver returns the spans with the tokens that name each of them, or nothing where the tokens
make no sense together (31 June, "9 months" without a year); the next rule is tried then.
"""

from crawler.parsers.dates.rules import days, parts, periods, relative, years
from crawler.parsers.dates.rules.context import Resolver, RuleContext, SpanMatch

__all__ = ["RESOLVERS", "RuleContext", "SpanMatch"]

RESOLVERS: dict[str, Resolver] = {
    "days_before_month": days.days_before_month,
    "days_after_month": days.days_after_month,
    "days_after_year": days.days_after_year,
    "days_in_digits": days.days_in_digits,
    "numeric_range": days.numeric_range,
    "numeric_day": days.numeric_day,
    "numeric_yearless": days.numeric_yearless,
    "day_of_relative_month": days.day_of_relative_month,
    "weekday_of_month": days.weekday_of_month,
    "week_of_month": days.week_of_month,
    "part_of_month": parts.part_of_month,
    "part_of_decade": parts.part_of_decade,
    "part_of_year": parts.part_of_year,
    "part_of_season": parts.part_of_season,
    "part_of_unit": parts.part_of_unit,
    "later_in_unit": parts.later_in_unit,
    "part_of_this": parts.part_of_this,
    "part_in_one_word": parts.part_in_one_word,
    "month_part_in_one_word": parts.month_part_in_one_word,
    "half_of_month": parts.half_of_month,
    "third_of_month": parts.third_of_month,
    "month_in_digits": periods.month_in_digits,
    "months_after_year": periods.months_after_year,
    "months": periods.months,
    "relative_month": periods.relative_month,
    "quarters_in_code": periods.quarters_in_code,
    "quarters_in_code_yearless": periods.quarters_in_code,
    "quarters": periods.quarters,
    "quarters_after_year": periods.quarters_after_year,
    "first_months": periods.first_months,
    "first_months_after_year": periods.first_months_after_year,
    "season_over_new_year": periods.season_over_new_year,
    "relative_season": periods.relative_season,
    "season_after_year": periods.season,
    "season": periods.season,
    "decade": years.decade,
    "years_between": years.years_between,
    "years": years.years,
    "short_year_span": years.short_year_span,
    "year": years.year,
    "weekday_of_week": relative.weekday_of_week,
    "relative_weekday": relative.relative_weekday,
    "relative_day": relative.relative_day,
    "relative_unit_in_one_word": relative.relative_unit_in_one_word,
    "ago": relative.ago,
    "ago_before": relative.ago,
    "ahead": relative.ahead,
    "counted_units": relative.counted_units,
    "numbered_week": relative.numbered_week,
    "relative_unit": relative.relative_unit,
    "weekday": relative.weekday,
    "part_after_year": parts.part_after_year,
    "part_after_month": parts.part_after_month,
    "weekend": relative.weekend,
    "part_of_quarter": parts.part_of_quarter,
    "short_fiscal_year": years.short_fiscal_year,
}
