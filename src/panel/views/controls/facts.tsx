import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type SourcePlace, shortPlace, stackLines } from '../../../decoders/stack.ts';
import { wholeUrl } from '../../words/urls.ts';
import { useModel } from '../context.ts';

interface FactsProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

export function Facts({ title, children }: FactsProps): JSX.Element {
  return (
    <>
      <h3>{title}</h3>
      <dl class="facts">{children}</dl>
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly children: ComponentChildren;
}

/** A line that is left out where there is nothing to say. */
export function Fact({ name, children }: FactProps): JSX.Element | null {
  if (children === undefined || children === '' || children === null) return null;
  return (
    <div class="fact">
      <dt>{name}</dt>
      <FactValue>{children}</FactValue>
    </div>
  );
}

/** The keyboard comes to one that is so long that it scrolls. */
function FactValue({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const value = useRef<HTMLElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useLayoutEffect(() => {
    const element = value.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setScrolls(element.scrollHeight > element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <dd ref={value} tabIndex={scrolls ? 0 : undefined}>
      <bdi>{children}</bdi>
    </dd>
  );
}

/** A call stack without the lines that are our own; where DevTools can show a source, each line leads to it. */
export function Stack({
  stack,
  title,
}: {
  readonly stack: string | undefined;
  readonly title: string;
}): JSX.Element | null {
  const { ownOrigin } = useModel();
  const lines = stackLines(stack ?? '').filter(({ text }) => !text.includes(ownOrigin));
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <pre class="stack">
        {lines.map(({ text, source }) => (
          <>
            {source ? (
              <>
                {text.slice(0, source.start)}
                <Place source={source} />
                {text.slice(source.end)}
              </>
            ) : (
              text
            )}
            {'\n'}
          </>
        ))}
      </pre>
    </>
  );
}

/** A file and its line, as DevTools write them; the tip has the whole address. */
function Place({ source }: { readonly source: SourcePlace }): JSX.Element {
  const { openSource } = useModel();
  const { url, line, column } = source;
  const tip = `${wholeUrl(url)}:${line}:${column}`;
  if (!openSource) return <span title={tip}>{shortPlace(source)}</span>;
  return (
    <button type="button" class="link" title={tip} onClick={() => openSource(url, line, column)}>
      {shortPlace(source)}
    </button>
  );
}
