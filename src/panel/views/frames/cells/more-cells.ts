export { toggleStar } from '../../../model/frames/remarking.ts';
export { latencyCell } from './latency-cell.ts';
export { noteCell } from './note-cell.tsx';
