import { expect, it } from 'vitest';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { Bookmark } from './bookmark.ts';
import { JournaldMonitor } from './journald_monitor.ts';

function makeBookmark(): Bookmark {
  const { logger } = new JournaldMonitor(new RecordingContext());
  return new Bookmark({ file: '', stalenessSecs: 600, now: () => 1_700_000_000_123, logger });
}

it('begins now, and goes on behind the last entry', () => {
  const bookmark = makeBookmark();
  expect(bookmark.start).toEqual({ kind: 'time', timeMs: 1_700_000_000_123 });
  bookmark.moveTo({ cursor: 's=1;i=1', timeMs: 1_700_000_000_200 });
  bookmark.moveTo({ cursor: 's=1;i=2', timeMs: 1_700_000_000_300 });
  expect(bookmark.start).toEqual({ kind: 'cursor', cursor: 's=1;i=2' });
});

it('goes on at the time of the last entry when its cursor is not understood, whatever else is not', () => {
  const bookmark = makeBookmark();
  bookmark.moveTo({ cursor: 's=odd', timeMs: 1_700_000_000_200 });
  bookmark.dropCursor();
  bookmark.dropCursor();
  expect(bookmark.start).toEqual({ kind: 'time', timeMs: 1_700_000_000_200 });
});
