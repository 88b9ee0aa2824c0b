import { useEffect, useRef, useState } from "react";
import MeasureWorker from "./measure-worker?worker";
import type { Measurement, MeasurementRequest } from "./measurement";

export interface Measuring<Result> {
  readonly state: "idle" | "running" | "done" | "failed";
  /** As they came in; of the run before until another one begins. */
  readonly results: readonly Result[];
  readonly run: (request: MeasurementRequest) => void;
  readonly cancel: () => void;
}

/** Measures in a worker of its own, which ends with the run, when that is cancelled, or with the component. */
export function useMeasurement<Type extends MeasurementRequest["type"]>(
  type: Type,
): Measuring<Extract<Measurement, { type: Type }>> {
  type Result = Extract<Measurement, { type: Type }>;
  const [state, setState] = useState<Measuring<Result>["state"]>("idle");
  const [results, setResults] = useState<readonly Result[]>([]);
  const worker = useRef<Worker>(undefined);
  const end = (endState: typeof state) => {
    worker.current?.terminate();
    worker.current = undefined;
    setState(endState);
  };
  useEffect(() => () => worker.current?.terminate(), []);
  const run = (request: MeasurementRequest) => {
    worker.current?.terminate();
    const started = new MeasureWorker();
    worker.current = started;
    setState("running");
    setResults([]);
    started.onerror = () => end("failed");
    started.onmessage = ({ data }: MessageEvent<Measurement>) => {
      if (data.type === "done") end("done");
      else if (isOf(data, type)) setResults((before) => [...before, data]);
    };
    started.postMessage(request);
  };
  return { state, results, run, cancel: () => end("idle") };
}

function isOf<Type extends Measurement["type"]>(
  measurement: Measurement,
  type: Type,
): measurement is Extract<Measurement, { type: Type }> {
  return measurement.type === type;
}
