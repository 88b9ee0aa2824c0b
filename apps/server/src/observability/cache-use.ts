/** How well a cache serves: how often something was there, had to be made, and was let go. */
export class CacheUse {
  hits = 0;
  misses = 0;
  evictions = 0;
}
