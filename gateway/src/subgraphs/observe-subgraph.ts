import { inSpan, markFailed } from '@affluent/service';

import type { AskSubgraph } from '../graph/subgraph.ts';
import { subgraphDuration } from '../telemetry/metrics.ts';

/** Measures the fetches of a subgraph, each in its own span. */
export const observeSubgraph =
  (name: string, ask: AskSubgraph): AskSubgraph =>
  (request, context) => {
    const attributes = {
      'graphql.subgraph.name': name,
      'graphql.operation.type': request.kind,
    };
    return inSpan(`fetch ${name}`, { kind: 'CLIENT', attributes }, async (span) => {
      const start = performance.now();
      let outcome: 'ok' | 'error' | 'failed' = 'failed';
      try {
        const answer = await ask(request, context);
        outcome = answer.errors ? 'error' : 'ok';
        if (answer.errors) markFailed(span, String(answer.errors[0]?.extensions?.code));
        return answer;
      } finally {
        const milliseconds = performance.now() - start;
        subgraphDuration.observe({ subgraph: name, outcome }, milliseconds / 1000);
        const times = context.fetchTimes;
        times?.set(name, (times.get(name) ?? 0) + milliseconds);
      }
    });
  };
