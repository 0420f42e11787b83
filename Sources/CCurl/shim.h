#ifndef WORKLOAD_PUBLISHER_CCURL_SHIM_H
#define WORKLOAD_PUBLISHER_CCURL_SHIM_H

#include <curl/curl.h>

#endif
