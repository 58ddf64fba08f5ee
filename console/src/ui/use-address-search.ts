import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'
import { useEffect, useState } from 'react'
import { ask } from '../access/ask.ts'

/** Typing goes on for so long before somebody is asked. */
const pauseMs = 120
/** Fewer letters fit half the city. */
const fewestLetters = 2
const mostLetters = 200
const atOnce = 6

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** Addresses for what has been typed so far; a question that is out of date is not waited for. */
export function useAddressSearch(typed: string, isWanted: boolean) {
  const search = useSettled(typed).trim().slice(0, mostLetters)
  const isLong = search.length >= fewestLetters
  const query = useQuery({
    queryKey: ['addresses', search],
    queryFn: ({ signal }) => ask('findAddresses', { query: { search, limit: atOnce } }, signal),
    enabled: isWanted && isLong,
    staleTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
  })
  const isCurrent = search === typed.trim().slice(0, mostLetters) && !query.isPlaceholderData
  const results: readonly FoundAddress[] = isLong ? (query.data?.results ?? []) : []
  return { results, fallback: query.data?.fallback ?? null, isCurrent, isLong, query }
}
