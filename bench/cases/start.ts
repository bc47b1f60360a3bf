import type { InspectedPage } from '../../scripts/devtools/driver.ts';
import type { Stage } from '../case.ts';
import { MARK, START_PATHS } from '../real/half-extension.ts';
import { firstScriptAt } from '../real/page-functions.ts';
import { between, type Estimate, estimate, type Figure, median, plain, signed } from '../statistics.ts';

type Arm = keyof typeof START_PATHS;
type Visit = Readonly<Record<Arm, ReturnType<typeof firstScriptAt>>>;

const ARMS = Object.keys(START_PATHS) as Arm[];
/** Each visits every page once. The first ones warm up. */
const ROUNDS = 100;
const FEW_ROUNDS = 20;
const WARM_UP = 5;

/** ms. A delay counts as not measurable where no delay at all lies within the interval, and that is no wider than this. */
const WIDEST = 2.5;

/**
 * How long the first inline script of a page waits for our content scripts: against empty ones, because those delay a page by themselves,
 * and against none. From one visit to the next that differs by more than what is measured. So pages are visited in turn, and what counts
 * is the differences within the rounds.
 */
export async function start(stage: Stage): Promise<Figure[]> {
  const page = await stage.browser.open(stage.server.url);
  const rounds = stage.isQuick ? FEW_ROUNDS : ROUNDS;
  const visits: Visit[] = [];
  for (let round = -WARM_UP; round < rounds; round++) {
    const visit = await visitAll(page, stage.server.url, inTurn(round + WARM_UP));
    if (round >= 0) visits.push(visit);
  }
  await page.close();
  return figuresOf(visits, stage.isQuick);
}

/** Each arm comes first, second and so on equally often, and each of two as often before the other as behind it. */
function inTurn(round: number): readonly Arm[] {
  const first = round % ARMS.length;
  const order = [...ARMS.slice(first), ...ARMS.slice(0, first)];
  return round % 2 === 0 ? order : order.reverse();
}

async function visitAll(page: InspectedPage, url: string, order: readonly Arm[]): Promise<Visit> {
  const visits: [Arm, Visit[Arm]][] = [];
  for (const arm of order) {
    await page.navigate(`${url}${START_PATHS[arm]}`);
    visits.push([arm, await page.evaluate(firstScriptAt, MARK)]);
  }
  return Object.fromEntries(visits) as Visit;
}

function figuresOf(visits: readonly Visit[], isQuick: boolean): Figure[] {
  const since = (arm: Arm) => median(visits.map((visit) => visit[arm].sinceResponse)).toFixed(1);
  const own = (arm: Arm) => median(visits.map((visit) => visit[arm].sinceMark)).toFixed(2);
  const more = (than: Arm) =>
    estimate(visits.map((visit) => visit.ours.sinceResponse - visit[than].sinceResponse));
  const ofOurs = estimate(
    visits.map(({ oursMarked: ours, emptyMarked }) => ours.sinceMark - emptyMarked.sinceMark),
  );
  const thanEmpty = more('empty');
  return [
    plain(
      'first inline script after the response',
      `${since('ours')} ms (${since('empty')} ms with empty content scripts, ${since('none')} ms with none)`,
    ),
    {
      ...plain('the same, against empty content scripts', difference(thanEmpty)),
      measured: thanEmpty.median,
      goal: isQuick ? undefined : `not measurable: 0 within an interval of ≤ ${WIDEST} ms`,
      isMet: isQuick || (thanEmpty.low <= 0 && thanEmpty.high - thanEmpty.low <= WIDEST),
    },
    plain('the same, against no content scripts', difference(more('none'))),
    plain(
      'of that our content scripts',
      `${difference(ofOurs)}; ${own('oursMarked')} ms against ${own('emptyMarked')} of empty ones`,
    ),
  ];
}

const difference = (extra: Estimate) => `${signed(extra.median, 2)} ms (${between(extra, 2)})`;
