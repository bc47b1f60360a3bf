export { toggleStar } from '../../model/remarking.ts';
export { LatencyCell } from './latency-cell.tsx';
export { NoteCell } from './note-cell.tsx';
