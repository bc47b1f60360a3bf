export { toggleStar } from '../../model/remarking.ts';
export { latencyCell } from './latency-cell.ts';
export { noteCell } from './note-cell.tsx';
