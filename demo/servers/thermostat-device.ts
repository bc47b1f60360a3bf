import type { Aedes } from 'aedes';
import { parseObject } from '../shared/json.ts';
import { SETPOINT_RANGE, THERMOSTAT_TOPICS } from '../shared/thermostat.ts';

const TELEMETRY_MS = 3000;

/** A thermostat that lives inside the broker: it measures, heats, and does as it is told. */
export class ThermostatDevice {
  readonly #broker: Aedes;
  readonly #timer: NodeJS.Timeout;
  #temperature = 20.4;
  #setpoint = 21.5;
  /** Settles when the last message has been published. */
  #published: Promise<void> = Promise.resolve();

  constructor(broker: Aedes) {
    this.#broker = broker;
    broker.subscribe(
      THERMOSTAT_TOPICS.setSetpoint,
      (packet, done) => {
        this.#order(packet.payload.toString());
        done();
      },
      () => {},
    );
    this.#publish(THERMOSTAT_TOPICS.setpoint, { setpoint: this.#setpoint }, true);
    this.#timer = setInterval(() => this.#measure(), TELEMETRY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #order(payload: string): void {
    const setpoint = parseObject(payload)?.setpoint;
    const { low, high } = SETPOINT_RANGE;
    if (typeof setpoint !== 'number' || !(setpoint >= low && setpoint <= high)) {
      this.#publish(THERMOSTAT_TOPICS.error, { error: `setpoint is a number from ${low} to ${high}` });
      return;
    }
    this.#setpoint = setpoint;
    this.#publish(THERMOSTAT_TOPICS.setpoint, { setpoint }, true);
    this.#measure();
  }

  #measure(): void {
    this.#temperature += (this.#setpoint - this.#temperature) * 0.15 + (Math.random() - 0.5) * 0.2;
    this.#publish(THERMOSTAT_TOPICS.telemetry, {
      temperature: round(this.#temperature),
      humidity: Math.round(44 + Math.random() * 4),
      setpoint: this.#setpoint,
      heating: this.#temperature < this.#setpoint,
    });
  }

  #publish(topic: string, message: object, retain = false): void {
    const payload = Buffer.from(JSON.stringify(message));
    // The broker drops a retained message that a later one overtakes while it is being stored: one after the other.
    this.#published = this.#published.then(
      () =>
        new Promise((resolve) => {
          this.#broker.publish({ cmd: 'publish', topic, payload, qos: 1, retain, dup: false }, () =>
            resolve(),
          );
        }),
    );
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
