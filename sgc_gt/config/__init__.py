"""La configuración: leer lo que una persona escribió, decir todo lo que está mal y dar un valor congelado.

`carga` arma el `Servicio`; `cache` lo guarda y lo recupera sin leer de nuevo; `lectura` lee el texto con sus
líneas; `datos` revisa los datos de un documento; `ejemplo_sgt` traduce un servicio completo; `inicial`
escribe la configuración de partida; `referencia`, su página de ayuda.
"""
