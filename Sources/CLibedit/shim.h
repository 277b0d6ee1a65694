#pragma once

// Every shim asks for the same libc declarations, so that the C modules agree on them.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <histedit.h>
