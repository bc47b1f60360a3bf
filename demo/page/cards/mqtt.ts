import mqtt, { type MqttClient } from 'mqtt';
import { parseObject } from '../../shared/json.ts';
import { SETPOINT_RANGE, THERMOSTAT_TOPICS } from '../../shared/thermostat.ts';
import { Card } from '../card.ts';
import { button, h } from '../dom.ts';
import { address } from '../link.ts';
import type { Section } from '../section.ts';

const TOPICS = [THERMOSTAT_TOPICS.telemetry, THERMOSTAT_TOPICS.setpoint, THERMOSTAT_TOPICS.error];

/** A thermostat over MQTT: its telemetry comes in, the wanted temperature goes out. */
export function createMqttCard(): Section {
  const view = new ThermostatView((setpoint) => {
    client?.publish(THERMOSTAT_TOPICS.setSetpoint, JSON.stringify({ setpoint }), { qos: 1 });
  });
  const card = new Card({
    id: 'mqtt',
    title: 'Thermostat',
    address: 'ws /mqtt · MQTT',
    about: 'A device on a broker: telemetry in, set-point out, QoS 1 both ways.',
    line: { connect, disconnect: () => void client?.end() },
  });
  let client: MqttClient | undefined;

  function connect(): void {
    card.setState('connecting');
    const current = mqtt.connect(address('/mqtt'), {
      protocolVersion: 4,
      reconnectPeriod: 5000,
      keepalive: 30,
    });
    client = current;
    current.on('connect', () => {
      card.setState('open');
      current.subscribe(TOPICS, { qos: 1 });
    });
    current.on('message', (topic, payload) => view.take(topic, payload.toString()));
    current.on('packetreceive', () => card.countReceived());
    current.on('packetsend', () => card.countSent());
    current.on('close', () =>
      client === current ? card.setState('waiting', 'Line lost, trying again') : undefined,
    );
    current.on('error', (error) => card.setState('failed', error.message));
    current.on('end', () => {
      client = undefined;
      card.setState('closed');
    });
  }

  card.body.append(view.element);
  return { element: card.element, start: connect };
}

class ThermostatView {
  readonly element: HTMLElement;
  readonly #temperature = h('output', { class: 'big' }, '–');
  readonly #details = h('p', { class: 'quiet' }, 'Waiting for telemetry');
  readonly #wanted = h('output', { class: 'setpoint', 'aria-live': 'polite' }, '–');
  readonly #note = h('p', { class: 'note', role: 'status' });
  readonly #order: (setpoint: number) => void;
  #setpoint: number | undefined;

  constructor(order: (setpoint: number) => void) {
    this.#order = order;
    this.element = h(
      'div',
      { class: 'thermostat' },
      h('div', { class: 'reading' }, this.#temperature, this.#details),
      h(
        'div',
        { class: 'row stepper', role: 'group', 'aria-label': 'Set-point' },
        button('−', () => this.#step(-SETPOINT_RANGE.step), { 'aria-label': 'Cooler' }),
        this.#wanted,
        button('+', () => this.#step(SETPOINT_RANGE.step), { 'aria-label': 'Warmer' }),
      ),
      this.#note,
    );
  }

  take(topic: string, payload: string): void {
    const message = parseObject(payload) ?? {};
    const { temperature, humidity, heating, setpoint, error } = message;
    if (topic === THERMOSTAT_TOPICS.telemetry && typeof temperature === 'number') {
      this.#temperature.textContent = `${temperature.toFixed(1)} °C`;
      this.#details.textContent = `${humidity} % humidity · ${heating === true ? 'heating' : 'idle'}`;
      this.element.classList.toggle('heating', heating === true);
    } else if (topic === THERMOSTAT_TOPICS.setpoint && typeof setpoint === 'number') {
      this.#setpoint = setpoint;
      this.#wanted.textContent = `${setpoint.toFixed(1)} °C`;
      this.#note.textContent = '';
    } else if (topic === THERMOSTAT_TOPICS.error) {
      this.#note.textContent = `Device: ${error}`;
    }
  }

  #step(degrees: number): void {
    if (this.#setpoint !== undefined) this.#order(this.#setpoint + degrees);
  }
}
