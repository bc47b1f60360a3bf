import { afterAll } from 'vitest';
import { View } from './view.tsx';

// The last view of a file is taken down while its document is there, and what the file has put in the place of globals.
afterAll(() => View.end());
