import { basename } from 'node:path'
import { createGraphBuilder } from './build-graph.ts'
import { type GraphAbout, graphPath, writeGraph } from './graph-file.ts'
import { findRoadSources } from './read-road-files.ts'
import type { RoadItem } from './road-item.ts'

/**
 * Who is given all roads and places while files are imported: the graph, the gazetteer. Each sees every item
 * once, in the order of the files; `finish` makes it last, and says what it made of them in lines for people.
 */
export type RoadConsumer = {
  take: (item: RoadItem) => Promise<void> | void
  finish: () => Promise<readonly string[]> | readonly string[]
}

/** What is told of an import: when it was made, of which files, and whom their licences ask to name. */
export type Told = Pick<GraphAbout, 'made_at' | 'sources' | 'attribution'>

/** Makes the graph file of DATA_DIR. */
export function graphConsumer(dataDir: string, told: Told): RoadConsumer {
  const builder = createGraphBuilder()
  return {
    take({ segment }) {
      if (segment) builder.add(segment)
    },
    finish() {
      const graph = builder.finish(told)
      const path = graphPath(dataDir)
      const bytes = writeGraph(path, graph)
      const { segments, nodes, core_segments, core_nodes } = graph.about
      return [
        `Streets: ${segments} pieces between ${nodes} junctions`,
        `Driven: ${core_segments} pieces between ${core_nodes} junctions that all reach one another`,
        `Written: ${path}, ${(bytes / 1e6).toFixed(1)} MB`,
      ]
    },
  }
}

/** Reads the files once and gives everything to each consumer. */
export async function importStreets(
  paths: readonly string[],
  consumersOf: (told: Told) => readonly RoadConsumer[],
  now: () => Date,
): Promise<string[]> {
  const sources = findRoadSources(paths)
  const consumers = consumersOf({
    made_at: now().toISOString(),
    sources: paths.map((path) => basename(path)),
    attribution: [...new Set(sources.map((one) => one.attribution).filter(Boolean))],
  })
  for (const source of sources) {
    for await (const item of source.read()) {
      for (const { take } of consumers) {
        const taking = take(item)
        if (taking) await taking
      }
    }
  }
  const lines: string[] = []
  for (const { finish } of consumers) lines.push(...(await finish()))
  return lines
}
