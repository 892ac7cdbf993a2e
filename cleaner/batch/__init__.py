"""Many records: worker processes, time-outs, failures, a summary."""

from cleaner.batch.run import TIMEOUT, Summary, run_batch

__all__ = ["TIMEOUT", "Summary", "run_batch"]
