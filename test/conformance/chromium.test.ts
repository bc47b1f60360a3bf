import { compareIn } from './comparison.ts';

compareIn('chromium');
