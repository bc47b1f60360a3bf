import { compareIn } from './comparison.ts';

compareIn('firefox');
