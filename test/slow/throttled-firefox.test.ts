import { describeThrottledPanel } from './throttled-panel.ts';

describeThrottledPanel('firefox');
