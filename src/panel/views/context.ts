import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PanelModel } from '../model/panel-model.ts';

const ModelContext = createContext<PanelModel | undefined>(undefined);

export const ModelProvider = ModelContext.Provider;

/** @throws Error outside of a {@link ModelProvider} */
export function useModel(): PanelModel {
  const model = useContext(ModelContext);
  if (!model) throw new Error('no panel model');
  return model;
}
