/* The fewest lines that make the requests of a publish: the floor that no program over libcurl comes below.

   publish-floor [--overlap] [--ca-file FILE] TOKEN-URL FORM-FILE (METHOD URL BODY-FILE|-)...
   publish-floor [--ca-file FILE] --many FILE --jobs N TOKEN-URL FORM-FILE
   publish-floor --version

   Fetches a token with the form and then makes the requests in order, each on the connection of the one before where
   the origin is the same. Bodies come ready made. With --overlap the API's connection is opened by a second thread
   while the token is awaited; that transfer waits in CURLOPT_PREREQFUNCTION until its headers are complete.

   With --many the requests are in a file, a line of METHOD URL BODY-FILE|- for each and an empty line behind those of
   one component. So many threads, each with a connection of its own, take component after component. */

#include <curl/curl.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct body {
    const char *bytes;
    size_t count;
};

struct response {
    char bytes[65536];
    size_t count;
};

struct waiting {
    CURL *handle;
    char **request;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct curl_slist *headers;
    int is_ready;
    int failed;
};

static const char *ca_file;

static int fail(const char *what) {
    fprintf(stderr, "publish-floor: %s\n", what);
    return 1;
}

static struct body map(const char *path) {
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &status) != 0 || status.st_size == 0) return (struct body){"", 0};
    const char *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    close(descriptor);
    return bytes == MAP_FAILED ? (struct body){"", 0} : (struct body){bytes, (size_t)status.st_size};
}

static size_t keep(char *data, size_t size, size_t count, void *context) {
    struct response *response = context;
    if (size * count >= sizeof response->bytes - response->count) return 0;
    memcpy(response->bytes + response->count, data, size * count);
    response->count += size * count;
    return size * count;
}

static size_t drop(char *data, size_t size, size_t count, void *context) {
    (void)data, (void)context;
    return size * count;
}

static void prepare(CURL *handle, char **request, struct curl_slist *headers) {
    curl_easy_reset(handle);
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request[0]);
    curl_easy_setopt(handle, CURLOPT_URL, request[1]);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CAINFO, ca_file);
    curl_easy_setopt(handle, CURLOPT_CAPATH, ca_file ? NULL : "/etc/ssl/certs");
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, drop);
    if (strcmp(request[2], "-") == 0) return;
    struct body body = map(request[2]);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.count);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.bytes);
}

/* A 409 is what an update expects of its POST, and a 403 what one without the right to see a Component gets. */
static int perform(CURL *handle) {
    long status = 0;
    CURLcode code = curl_easy_perform(handle);
    if (code != CURLE_OK) return fail(curl_easy_strerror(code));
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return (status >= 200 && status < 300) || status == 403 || status == 409 ? 0 : fail("a request was refused");
}

static struct curl_slist *fetch_token(CURL *handle, char *url, char *form) {
    static struct response response;
    char *request[] = {"POST", url, form};
    struct curl_slist *expect = curl_slist_append(NULL, "Expect:");
    prepare(handle, request, expect);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &response);
    if (perform(handle) != 0) return NULL;
    static const char name[] = "\"access_token\":\"";
    static char header[65536];
    response.bytes[response.count] = 0;
    char *start = strstr(response.bytes, name);
    char *end = start ? strchr(start + strlen(name), '"') : NULL;
    if (!end) return NULL;
    *end = 0;
    snprintf(header, sizeof header, "Authorization: Bearer %s", start + strlen(name));
    struct curl_slist *headers = curl_slist_append(expect, header);
    return curl_slist_append(headers, "Content-Type: application/json");
}

static int wait_for_token(void *context, char *a, char *b, int c, int d) {
    (void)a, (void)b, (void)c, (void)d;
    struct waiting *first = context;
    pthread_mutex_lock(&first->mutex);
    while (!first->is_ready) pthread_cond_wait(&first->changed, &first->mutex);
    pthread_mutex_unlock(&first->mutex);
    if (!first->headers) return CURL_PREREQFUNC_ABORT;
    curl_easy_setopt(first->handle, CURLOPT_HTTPHEADER, first->headers);
    return CURL_PREREQFUNC_OK;
}

static void *begin(void *context) {
    struct waiting *first = context;
    prepare(first->handle, first->request, NULL);
    curl_easy_setopt(first->handle, CURLOPT_PREREQFUNCTION, wait_for_token);
    curl_easy_setopt(first->handle, CURLOPT_PREREQDATA, first);
    first->failed = perform(first->handle);
    return NULL;
}

/* The requests of many components, what begins a component, and the next one to take. */
struct components {
    char *requests[65536][3];
    int first[8192];
    int count;
    atomic_int next;
    atomic_int failed;
    struct curl_slist *headers;
};

static struct components many;

static int read_components(const char *path) {
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;
    int request = 0;
    if (!file) return fail("the list cannot be read");
    while (getline(&line, &size, file) > 0) {
        if (line[0] == '\n') {
            if (many.count + 2 >= (int)(sizeof many.first / sizeof *many.first)) return fail("the list is too long");
            many.first[++many.count] = request;
            continue;
        }
        if (request >= (int)(sizeof many.requests / sizeof *many.requests)) return fail("the list is too long");
        char **words = many.requests[request++];
        if (sscanf(line, "%ms %ms %ms", words, words + 1, words + 2) != 3) return fail("a line has three words");
    }
    free(line);
    return fclose(file);
}

static void *publish_components(void *context) {
    CURL *handle = context;
    int component;
    while ((component = atomic_fetch_add(&many.next, 1)) < many.count) {
        for (int request = many.first[component]; request < many.first[component + 1]; request++) {
            prepare(handle, many.requests[request], many.headers);
            if (perform(handle) != 0) many.failed = 1;
        }
    }
    curl_easy_cleanup(handle);
    return NULL;
}

/* The token's handle is the first thread's: where the origin is the same, so is the connection. */
static int publish_many(CURL *tokens, const char *list, int jobs, char **token) {
    pthread_t threads[64];
    if (jobs < 1 || jobs > 64 || read_components(list) != 0) return 1;
    many.headers = fetch_token(tokens, token[0], token[1]);
    if (!many.headers) return fail("there is no token");
    for (int thread = 0; thread < jobs; thread++) {
        CURL *handle = thread == 0 ? tokens : curl_easy_init();
        if (pthread_create(&threads[thread], NULL, publish_components, handle) != 0) return fail("there is no thread");
    }
    for (int thread = 0; thread < jobs; thread++) pthread_join(threads[thread], NULL);
    return many.failed;
}

int main(int count, char **arguments) {
    int overlaps = 0, next = 1, jobs = 1;
    const char *list = NULL;
    if (count > 1 && strcmp(arguments[1], "--version") == 0) {
        return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? puts(curl_version()) < 0 : 1;
    }
    for (; next < count && strncmp(arguments[next], "--", 2) == 0; next++) {
        if (strcmp(arguments[next], "--overlap") == 0) overlaps = 1;
        if (strcmp(arguments[next], "--ca-file") == 0) ca_file = arguments[++next];
        if (strcmp(arguments[next], "--many") == 0) list = arguments[++next];
        if (strcmp(arguments[next], "--jobs") == 0) jobs = atoi(arguments[++next]);
    }
    char **requests = arguments + next + 2;
    if (list && count - next == 2) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        return publish_many(curl_easy_init(), list, jobs, arguments + next);
    }
    if (count - next < 5 || (count - next - 2) % 3 != 0) return fail("see the head of its source for the arguments");
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL *tokens = curl_easy_init();
    CURL *api = overlaps ? curl_easy_init() : tokens;
    pthread_t thread;
    struct waiting first = {
        api, requests, PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, NULL, 0, 0};
    if (overlaps && pthread_create(&thread, NULL, begin, &first) != 0) return fail("there is no second thread");
    struct curl_slist *headers = fetch_token(tokens, arguments[next], arguments[next + 1]);
    if (overlaps) {
        pthread_mutex_lock(&first.mutex);
        first.headers = headers;
        first.is_ready = 1;
        pthread_cond_signal(&first.changed);
        pthread_mutex_unlock(&first.mutex);
        pthread_join(thread, NULL);
        requests += 3;
    }
    if (!headers) return fail("there is no token");
    if (first.failed) return 1;
    for (; requests < arguments + count; requests += 3) {
        prepare(api, requests, headers);
        if (perform(api) != 0) return 1;
    }
    return 0;
}
