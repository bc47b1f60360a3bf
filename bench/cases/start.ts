import type { InspectedPage } from '../../scripts/devtools/driver.ts';
import type { Stage } from '../case.ts';
import { MARK, MARKED_PATHS, START_PATHS } from '../real/half-extension.ts';
import { type FirstScript, firstScriptAt } from '../real/page-functions.ts';
import { between, type Estimate, estimate, type Figure, median, plain, signed } from '../statistics.ts';

/** What one round saw, by the kind of page. */
type Round<Kind extends string> = Readonly<Record<Kind, FirstScript>>;

/** Each visits every kind of page once. */
const ROUNDS = { whole: 250, marked: 50 };
const FEW_ROUNDS = { whole: 20, marked: 10 };
const WARM_UP = 6;

/** ms. A delay counts as not measurable where no delay at all lies within the interval, and that is no wider than this. */
const WIDEST = 2.5;

/**
 * How long the first inline script of a page waits for our content scripts: against empty ones, because those delay a page by themselves,
 * and against none. From one visit to the next that differs by more than what is measured. So pages are visited in turn, and what counts
 * is the differences within the rounds.
 *
 * The time begins with the document. What is before it, the way of the response from one process to the other, differs most, and content
 * scripts have no part in it; the figures with it are shown beside.
 */
export async function start(stage: Stage): Promise<Figure[]> {
  const rounds = stage.isQuick ? FEW_ROUNDS : ROUNDS;
  const page = await stage.browser.open(stage.server.url);
  const whole = await visitInTurn(page, stage.server.url, START_PATHS, rounds.whole);
  const marked = await visitInTurn(page, stage.server.url, MARKED_PATHS, rounds.marked);
  await page.close();
  return [...figuresOf(whole, stage.isQuick), ownPart(marked)];
}

async function visitInTurn<Kind extends string>(
  page: InspectedPage,
  url: string,
  paths: Readonly<Record<Kind, string>>,
  rounds: number,
): Promise<Round<Kind>[]> {
  const kinds = Object.keys(paths) as Kind[];
  const visited: Round<Kind>[] = [];
  for (let round = -WARM_UP; round < rounds; round++) {
    const visits: [Kind, FirstScript][] = [];
    for (const kind of inTurn(kinds, round + WARM_UP)) {
      await page.navigate(`${url}${paths[kind]}`);
      visits.push([kind, await page.evaluate(firstScriptAt, MARK)]);
    }
    if (round >= 0) visited.push(Object.fromEntries(visits) as Round<Kind>);
  }
  return visited;
}

/**
 * Each kind comes first, second and so on equally often, and equally often behind each other, whose end a visit begins with. That is so
 * with two or three kinds, where turning the order and reversing it gives every order that there is.
 */
function inTurn<Kind>(kinds: readonly Kind[], round: number): readonly Kind[] {
  const first = (round >> 1) % kinds.length;
  const order = [...kinds.slice(first), ...kinds.slice(0, first)];
  return round % 2 === 0 ? order : order.reverse();
}

function figuresOf(rounds: readonly Round<keyof typeof START_PATHS>[], isQuick: boolean): Figure[] {
  const typical = (from: keyof FirstScript) => {
    const of = (kind: keyof typeof START_PATHS) =>
      median(rounds.map((round) => round[kind][from])).toFixed(1);
    return `${of('ours')} ms (${of('empty')} ms with empty content scripts, ${of('none')} ms with none)`;
  };
  const more = (than: 'empty' | 'none', from: keyof FirstScript) =>
    estimate(rounds.map((round) => round.ours[from] - round[than][from]));
  const thanEmpty = more('empty', 'sinceDocument');
  return [
    plain('first inline script after the response', typical('sinceResponse')),
    plain('first inline script after the document was made', typical('sinceDocument')),
    {
      ...plain('the same, against empty content scripts', difference(thanEmpty)),
      measured: thanEmpty.median,
      goal: isQuick ? undefined : `not measurable: 0 within an interval of ≤ ${WIDEST} ms`,
      isMet: isQuick || (thanEmpty.low <= 0 && thanEmpty.high - thanEmpty.low <= WIDEST),
    },
    plain('the same after the response', difference(more('empty', 'sinceResponse'))),
    plain('against no content scripts', difference(more('none', 'sinceDocument'))),
    plain('the same after the response', difference(more('none', 'sinceResponse'))),
  ];
}

function ownPart(rounds: readonly Round<keyof typeof MARKED_PATHS>[]): Figure {
  const own = (kind: keyof typeof MARKED_PATHS) =>
    median(rounds.map((round) => round[kind].sinceMark)).toFixed(2);
  const extra = estimate(rounds.map(({ ours, empty }) => ours.sinceMark - empty.sinceMark));
  return plain(
    'of that our content scripts',
    `${difference(extra)}; ${own('ours')} ms against ${own('empty')} of empty ones`,
  );
}

const difference = (extra: Estimate) => `${signed(extra.median, 2)} ms (${between(extra, 2)})`;
