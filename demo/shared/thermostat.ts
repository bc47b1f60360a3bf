/** The thermostat's MQTT topics, all with JSON payloads and QoS 1. */
export const THERMOSTAT_TOPICS = {
  /** From the device every three seconds: `{"temperature","humidity","setpoint","heating"}`. */
  telemetry: 'home/living-room/thermostat/telemetry',
  /** From the device, retained: `{"setpoint"}` in force. */
  setpoint: 'home/living-room/thermostat/setpoint',
  /** To the device: `{"setpoint"}` wanted. */
  setSetpoint: 'home/living-room/thermostat/setpoint/set',
  /** From the device when it cannot do what it was told: `{"error"}`. */
  error: 'home/living-room/thermostat/error',
} as const;

/** The set-points the device accepts, in degrees Celsius. */
export const SETPOINT_RANGE = { low: 5, high: 30, step: 0.5 } as const;
