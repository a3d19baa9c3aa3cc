"""What kind of page it is: article, event, listing, or none of them."""

from crawler.parsers.article.kind.evidence import KindEvidence
from crawler.parsers.article.kind.judgement import judge_by_rules, judge_kind

__all__ = ["KindEvidence", "judge_by_rules", "judge_kind"]
