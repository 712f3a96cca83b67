"""Numbers counted in buckets, to estimate a percentile from."""

from bisect import bisect_right
from typing import Iterator, List, Optional, Sequence, Tuple


class HistogramTracker:
    """Counts samples by range and remembers the smallest, the largest and the sum."""

    __module__ = "scalyr_agent.util"

    def __init__(self, bucket_ranges: Sequence[float]) -> None:
        """``bucket_ranges`` are the upper ends of the buckets, growing; what is beyond the last has a bucket too."""
        if any(low >= high for low, high in zip(bucket_ranges, bucket_ranges[1:])):
            raise ValueError(f"The ends of the buckets must grow: {list(bucket_ranges)}")
        self._ends = list(bucket_ranges)
        self.reset()

    def reset(self) -> None:
        """Forgets all samples."""
        self._counts = [0] * (len(self._ends) + 1)
        self._total = 0.0
        self._min: Optional[float] = None
        self._max: Optional[float] = None

    def add_sample(self, value: float) -> None:
        """Counts a sample; one on the end of a bucket belongs to the next."""
        self._counts[bisect_right(self._ends, value)] += 1
        self._total += value
        self._min = value if self._min is None else min(self._min, value)
        self._max = value if self._max is None else max(self._max, value)

    def count(self) -> int:
        """How many samples there were."""
        return sum(self._counts)

    def average(self) -> Optional[float]:
        """The mean of the samples; None without any."""
        count = self.count()
        return self._total / count if count else None

    def min(self) -> Optional[float]:
        """The smallest sample."""
        return self._min

    def max(self) -> Optional[float]:
        """The largest sample."""
        return self._max

    def buckets(self, disable_last_bucket_padding: bool = False) -> Iterator[Tuple[int, float, float]]:
        """For each bucket that is not empty its count, its lower and its upper end."""
        if self._min is None or self._max is None:
            return
        beyond = self._max if disable_last_bucket_padding else max(self._max * 1.01, self._max)
        ends: List[float] = [self._min, *self._ends, beyond]
        for index, count in enumerate(self._counts):
            if count:
                yield count, ends[index], ends[index + 1]

    def estimate_median(self) -> Optional[float]:
        """About the middle sample."""
        return self.estimate_percentile(0.5)

    def estimate_percentile(self, percentile: float) -> Optional[float]:
        """About the sample that the share ``percentile``, 0 to 1, of all does not exceed; None without samples."""
        if not 0 <= percentile <= 1:
            raise ValueError(f"The percentile {percentile} is out of range: it must be from 0 to 1")
        remaining = percentile * self.count()
        estimate = None
        for count, low, high in self.buckets(disable_last_bucket_padding=True):
            estimate = low + (high - low) * min(1.0, remaining / count)
            remaining -= count
            if remaining <= 0:
                break
        return estimate

    def summarize(self) -> str:
        """The figures in one line."""
        if self.count() == 0:
            return "(count=0)"
        return (
            f"(count={self.count()},avg={self.average():.2f},min={self._min:.2f},max={self._max:.2f},"
            f"median={self.estimate_median():.2f})"
        )
