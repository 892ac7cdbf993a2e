"""Many records: worker processes, time-outs, failures, a summary."""

from cleaner.batch.jobs import Failure, Result
from cleaner.batch.run import TIMEOUT, Summary, clean_records, run_batch

__all__ = ["TIMEOUT", "Failure", "Result", "Summary", "clean_records", "run_batch"]
