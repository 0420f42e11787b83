import Glibc

/// Bytes on their way through a network: what one thread puts in, another one takes out when it arrives, in order.
///
/// `@unchecked` because it wraps two C handles; the queue is touched only while the mutex is held.
final class DelayLine: @unchecked Sendable {
    private struct Parcel {
        /// Nil is the end.
        let bytes: [UInt8]?
        let arrival: MonotonicTime
    }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var parcels: [Parcel] = []
    private var taken = 0

    init() {
        mutex.initialize(to: pthread_mutex_t())
        changed.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Sends bytes on their way; nil is the end of them.
    func put(_ bytes: [UInt8]?, arrivingAt arrival: MonotonicTime) {
        pthread_mutex_lock(mutex)
        parcels.append(Parcel(bytes: bytes, arrival: arrival))
        pthread_cond_signal(changed)
        pthread_mutex_unlock(mutex)
    }

    /// Waits for the next bytes to arrive; nil at the end.
    func next() -> [UInt8]? {
        pthread_mutex_lock(mutex)
        while taken == parcels.count { pthread_cond_wait(changed, mutex) }
        let parcel = parcels[taken]
        taken += 1
        if taken == parcels.count {
            parcels.removeAll(keepingCapacity: true)
            taken = 0
        }
        pthread_mutex_unlock(mutex)
        parcel.arrival.sleep()
        return parcel.bytes
    }
}
