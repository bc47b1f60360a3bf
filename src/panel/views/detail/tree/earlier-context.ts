import { createContext } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type EarlierValues, earlierValues } from '../../../model/detail/earlier-values.ts';
import type { PanelModel } from '../../../model/panel-model.ts';

/** What the numbers of a JSON tree are compared with. */
export const EarlierContext = createContext<EarlierValues | undefined>(undefined);

/** What the numbers of a row's message are compared with; determined only after the message itself has been drawn. */
export function useEarlierValues(model: PanelModel, row: number): EarlierValues | undefined {
  const [found, setFound] = useState<{ readonly row: number; readonly values: EarlierValues }>();
  useEffect(() => {
    const values = earlierValues(model, row);
    // Without any, nothing has to be drawn again.
    setFound(values && { row, values });
  }, [model, row]);
  return found?.row === row ? found.values : undefined;
}
