package fi.kimppa.gateway.circulation;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** One thread of this process at a time for each row of the journal; rows do not wait for each other. May be used by several threads. */
final class RowLocks {
    private final ConcurrentMap<Long, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** Does the work while no other thread does any for this row. */
    void alone(long row, Runnable work) {
        boolean mine = false;
        while (!mine) {
            ReentrantLock lock = locks.computeIfAbsent(row, _ -> new ReentrantLock());
            lock.lock();
            try {
                // Whoever has waited for a lock that is no longer the row's takes the next one.
                mine = lock.equals(locks.get(row));
                if (mine) {
                    work.run();
                }
            } finally {
                locks.remove(row, lock);
                lock.unlock();
            }
        }
    }
}
